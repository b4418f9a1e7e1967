# 紙に残す、依頼ひとつの記録。
record-title = 依頼の記録
record-total = 合計
record-asked = 依頼の日時
record-answered = 回答の日時
record-payee = 支払先
record-place = 場所
record-request = 依頼番号
record-details = 表示内容のハッシュ
record-receipt = 領収書番号
record-approval = 回答のハッシュ
record-token = 支払いトークンのハッシュ
record-signed = 領収書
record-signed-yes = 店の署名を確認済み
record-signed-missing = ありません
record-signed-no = この注文に対する店のものではありません
record-signed-away = 未確認（店につながりませんでした）
record-check = ハッシュはSHA-256です。署名つきの領収書があれば照合できます。
