# 文字画面の文。依頼そのものの行は lines.ftl にある。
terminal-row-who = 依頼元
terminal-row-what = 内容
terminal-row-amount = 金額
terminal-row-payee = 支払先
terminal-row-when = 日時
terminal-row-where = 場所
terminal-row-nickname = ニックネーム
terminal-how = { $code ->
    [yes] 入力：approve { $id } 番号（機器が言う番号、入力は一度だけ{ $presence ->
        [pin] 、続けて暗証番号
       *[click] {""}
    }）、断るなら deny { $id }、心当たりがなければ report { $id }
   *[no] 入力：approve { $id }、断るなら deny { $id }、心当たりがなければ report { $id }
}
terminal-waiting = { $count } 件の依頼が返事待ちです
terminal-nothing-pending = 返事待ちの依頼はありません。
terminal-trouble-details-differ = 依頼の内容とそのハッシュが一致しないため、ここでは承認できません。入力：deny { $id } または report { $id }
terminal-trouble-quote-missing = 店が署名した価格がないため、承認できません。入力：deny { $id } または report { $id }
terminal-trouble-quote-differs = 表示の内容が店の署名した内容と違うため、承認できません。入力：deny { $id } または report { $id }
terminal-trouble-hostile-text = まぎらわしい文字が含まれるため、承認できません。入力：deny { $id } または report { $id }
terminal-trouble-pin-not-set = この金額には暗証番号が必要ですが、この端末では未設定です。設定済みの端末で答えるか、Nodのウィンドウの「プロフィール」で設定するか、deny { $id } と入力してください。
terminal-trouble-payment-away = 店につながらず、価格をまだ確かめられません。待つか、deny { $id } と入力してください。
terminal-approved = 承認しました。
terminal-denied = 断りました。何も購入していません。
terminal-reported = 心当たりのない依頼として報告しました。何も購入していません。
terminal-wrong-match-code = 番号が違ったため、依頼は断られました。何も購入していません。機器からもう一度依頼してください。
terminal-withdrawn = { $who }が依頼を取り下げました：{ $what }
terminal-expired = 時間切れになりました：{ $what }。機器からもう一度依頼してください。
terminal-settled = { $what }：{ $state }
terminal-unproven = それを証明するお店の領収書がありません。もう一度注文する前に、お店に確かめてください。
terminal-registered = { $nickname }さん、{ $user } として登録しました。この端末の鍵の保管場所：{ $stored ->
    [keyring] デスクトップのキーリング
   *[file] 本人だけが読めるファイル
}
terminal-not-enrolled = この端末にはまだ利用者がいません。register ユーザーID ニックネーム と入力するか、--enrol コード を付けて起動してください。
terminal-online = 接続しました。{ $user } さんへの依頼はここに表示されます。help でコマンドの一覧が出ます。
terminal-offline = サーバーにつながりません。つながるまで繰り返し試します。
terminal-paired = 登録しました：{ $device } は「{ $nickname }」あてに依頼できます。
terminal-device-name = 機器
terminal-help-register = プロフィールを作る（機器はこのニックネームであなたを呼びます）
terminal-help-approve = 承認する（CODE は機器が言う番号）
terminal-help-deny = 断る（理由を付けることもできます）
terminal-help-report = 心当たりのない依頼として断る
terminal-help-pair = 機器に依頼を許す（CODE は機器に表示されるコード）
terminal-help-say = アシスタントに話しかける
terminal-help-user-code = 自分専用のコードを決める。これを送らない機器からは依頼が届かなくなる
terminal-help-export = サーバーが自分について持っているものをすべてファイルに書き出す
terminal-help-delete-my-data = プロフィール・機器・履歴をすべて削除する。確認のためユーザーIDを入力する
terminal-help-list = 返事待ちの依頼を表示する
terminal-help-help = この一覧を表示する
terminal-help-quit = 終了する
terminal-exported = あなたに関するすべてを { $file } に書き出しました。
terminal-error-cannot-write = ファイル { $about } に書けません。
terminal-user-code-set = 設定しました。このコードを送らない機器からは、依頼が届かなくなります。
terminal-user-code-removed = 削除しました。登録済みの機器は、コードなしで依頼できます。
terminal-deleted = { $user } に関するすべて（プロフィール、端末、機器の登録、コード、履歴）を削除しました。お名前を含まない、店の帳簿と領収書、記録の番号だけが残ります。このユーザーIDがほかの人に使われることはありません。
terminal-error-other-user-id = 何も削除していません。確認のため、ご自分のユーザーIDを入力してください：delete-my-data { $about }
terminal-error-payment-under-way = 何も削除していません。承認した注文の支払いがまだ終わっていません。少し待ってからもう一度お試しください。
terminal-error-bad-user-code = このコードは使えません。どの機器でも入力できる英数字と記号で、4～64文字にしてください。
terminal-error-already-ended = 間に合いませんでした。依頼はすでに終わっています。
terminal-error-already-enrolled = この端末はすでに { $about } として登録されています。
terminal-error-ambiguous-id = 「{ $about }」で始まる依頼が複数あります。もう少し長く入力してください。
terminal-error-bad-answer = サーバーの返事を読み取れません。版が違うか、Nodのサーバーではない可能性があります。
terminal-error-bad-nickname = このニックネームは使えません。文字を含む60字以内のものにしてください。
terminal-error-bad-user-id = 「{ $about }」はユーザーIDに使えません。半角の英小文字、数字、ドット、ハイフン、下線で2〜32字にしてください。
terminal-error-cannot-approve = この依頼はここでは承認できません。断るか、報告してください。
terminal-error-code-missing = 番号も入力してください：approve { $about } 番号。番号は機器が言います。
terminal-error-deciding = この依頼への返事はすでに送信中です。
terminal-error-key-unreadable = この端末の鍵を読めません。--enrol コード を付けて登録し直してください。
terminal-error-nickname-taken = この機器はすでに別の人を「{ $about }」と呼んでいます。入力：pair コード 別のニックネーム
terminal-error-no-assistant = この端末のそばでアシスタントは動いていません。起動：main.py assistant
terminal-error-not-enrolled = 先に登録してください：register ユーザーID ニックネーム
terminal-error-not-pending = この依頼はもう返事を待っていません。
terminal-error-pin-needed = この金額には暗証番号が必要です：approve ID 番号 暗証番号
terminal-error-removed = この端末は利用者の登録から外されました。--enrol コード を付けて起動し直してください。
terminal-error-server-away = サーバーにつながりません。サーバーを起動するか、--server で指定してください。
terminal-error-standard-input-closed = 利用者が未登録で、標準入力が閉じているため、何も入力できません。次のコマンドのどれかを標準入力に渡して main.py terminal を起動し直してください。
terminal-error-too-many-requests = 回数が多すぎます。{ $minutes } 分待ってからもう一度試してください。
terminal-error-unanswered = サーバーの返事がありません。つながったときに、返事がどうなったかを表示します。
terminal-error-unknown-code = 「{ $about }」というコードを表示している機器はありません。機器の表示を確かめてください。コードは数分で無効になります。
terminal-error-unknown-command = 「{ $about }」というコマンドはありません。help で一覧が出ます。
terminal-error-unknown-id = 「{ $about }」で始まる返事待ちの依頼はありません。list で一覧が出ます。
terminal-error-unknown-reason = 「{ $about }」は理由に使えません。入力：deny ID not_now または deny ID wrong_order
terminal-error-usage = 書き方：{ $about }
terminal-error-user-id-taken = ユーザーID「{ $about }」は使われています。別のIDにするか、最初の端末で作ったコードでこの端末を登録してください。
terminal-error-wrong-code = コードが違うか、すでに使われています。登録済みの端末で新しいコードを作ってください。
terminal-error-wrong-pin = 暗証番号が違います。何も送っていません。もう一度入力してください。
terminal-error-other = サーバーに断られました（{ $about }）。
terminal-again = アシスタントに渡しました：{ $what }。今日の値段を尋ねてから、あなたに聞きます。
terminal-help-again = アシスタントの直近の注文、または ID の依頼と同じ物をもう一度頼む
terminal-error-assistant-not-ready = アシスタントはまだ依頼できません。先に{ -pairing }するか、少しお待ちください。
terminal-error-nothing-again = もう一度頼める注文はありません。アシスタントはまだ何も買っていません。
terminal-error-not-again = この依頼はもう一度頼めません。頼めるのは、ご自分のアシスタントの終わった注文だけです。
terminal-no-windows = ここではウィンドウを開けません（{ $why ->
    [libraries] ウィンドウに要るライブラリーがありません。「main.py doctor」で分かります
    [qt] Qtを読み込めません：{ $about }
   *[display] 画面につながりません
}）。文字の端末で続けます。
terminal-no-windows-demo = ここではウィンドウを開けません（{ $why ->
    [libraries] ウィンドウに要るライブラリーがありません。「main.py doctor」で分かります
    [qt] Qtを読み込めません：{ $about }
   *[display] 画面につながりません
}）。やり取りはそのまま表示します。
terminal-open-already = このデータフォルダーのNodはすでに開いています。そのウィンドウを前に出しました。
