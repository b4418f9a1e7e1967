# 依頼について、承認画面・文字画面・履歴・領収書で見せる文。
lines-kind = { $kind ->
    [ai_device] AI機器
    [ai_agent] AIエージェント
    [person] 人
   *[service] サービス
}
lines-purchase = { $who }からの購入の依頼
lines-procedure = { $who }からの手続きの依頼
lines-authentication = { $who }からの本人確認の依頼
lines-item = { $title } ×{"\u00a0"}{ $quantity }
lines-each = 1点 { $price }
lines-payee = 支払先 { $payee }
lines-nickname = 「{ $nickname }」あての依頼
lines-place-registered = { $place }（{ $accuracy }あなたが登録した場所）
lines-place-reported = { $place }（{ $accuracy }機器の申告。未確認）
lines-place-unknown = 場所の情報なし
lines-place-accuracy = 誤差{ $metres }{"\u00a0"}m・
lines-message = { $who }からのメッセージ：「{ $message }」
lines-scope = { $scope ->
    [openid] あなた本人であることの確認
    [profile] お名前の参照
    [email] メールアドレスの参照
    [offline_access] 不在中も続く利用の許可
   *[other] 「{ $name }」
}
lines-time-there = 現地では { $time }
lines-seconds = 残り { $seconds } 秒
lines-state = { $state ->
    [pending] 返事待ち
    [approved] 承認済み
    [denied] 拒否
    [reported] 心当たりなし
    [expired] 時間切れ
    [withdrawn] 取り下げ
    [paid] 支払い済み
    [unproven] 支払いの証明なし
    [unchecked] 支払い未確認
    [declined] 支払い失敗
   *[unknown] 支払い確認中
}
lines-reason = { $reason ->
    [not_now] 今はいらない
    [wrong_order] 注文が違う
    [wrong_match_code] 番号が違いました
    [not_mine] 心当たりのない依頼
    [insufficient_funds] 模擬マネーの残高が足りません
    [out_of_stock] 売り切れ
    [too_late] 支払いの期限を過ぎました
   *[quote_spent] この見積もりは使用済みです
}
lines-play-money = 模擬マネー
# 並べるものの間。
lines-comma = 、
# 文と文の間。
lines-gap = { "" }
lines-first-time = 初めての依頼です
lines-money-spoken = { $currency ->
    [JPY] { $value }円
    [USD] { $value }ドル
    [EUR] { $value }ユーロ
   *[other] { $value }{ $currency }
}
lines-near = { $place }付近
lines-near-in = { $region }の{ $name }
lines-unusual-amount = いつもより高い金額です（ふだんは{ $usual }ほど）。
lines-unusual-far = この機器の前回の場所から{ $km }km離れています。
lines-unusual-place = この機器では初めての場所です。
lines-unusual-pace = この機器から1時間に{ $count }件の依頼がありました。
lines-paired-since = { $day }に{ -pairing }
