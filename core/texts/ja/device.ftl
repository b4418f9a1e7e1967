# AI機器が話し、画面に出す文。短く、画面も声も同じ。
device-title = アシスタント — Nod
device-name = アシスタント
device-thing = { $quantity ->
    [1] { $name }
   *[other] { $name }{ $quantity }点
}
device-hello = こんにちは。「{ $nickname }に牛乳を買って」のように、買うものと相手を言ってください。
device-pair = まだ誰とも{ -pairing }していません。Nodの「人と機器」を開き、このコードを入力してください：{ $code }
device-pair-beside = まだ誰とも{ -pairing }していません。お聞きしてよいか、いまNodの画面でたずねています。
device-pair-more = もう一人と{ -pairing }するには、その人のNodにこのコードを入力してください：{ $code }
device-paired = { -pairing }しました。{ $names }に聞けます。
device-pair-refused = { -pairing }は断られました。もう一度するときは、新しいコードを出してください。
device-pair-expired = { -pairing }コードの期限が切れました。新しいコードを出してください。
device-pair-failed = { -pairing }コードをもらえませんでした。少し待ってもう一度お試しください。
device-register-refused = サーバーに登録できません。管理者からもらったコードで起動してください：--enrol コード
device-confirm = { $thing }、{ $amount }。{ $nickname }に聞きます。よろしいですか。
device-offer = { $candidate }とおっしゃいましたか。
device-answer-please = 「はい」か「いいえ」でお答えください。
device-no-answer = お返事がないので、誰にも聞きません。
device-dropped = わかりました。誰にも聞きません。
device-negated = わかりました。何も買いません。
device-unsure = よく聞き取れませんでした。もう一度言ってください。
device-not-understood = わかりませんでした。「モモに牛乳を買って」のように言ってください。
device-unknown-item = それは扱っていません。買えるのは{ $items }です。
device-unknown-name = 聞けるのは{ $names }です。誰に聞きますか。
device-no-contacts = まだ誰も知りません。先に誰かと{ -pairing }してください。
device-contact-gone = { $nickname }には聞けません。何も買っていません。
device-asked = { $nickname }に聞きました。番号は{ $digits }です。{ $seconds }秒以内に答えてください。
device-asked-aloud = { $nickname }に聞きました。番号は{ $digits }です。もう一度、{ $digits }です。{ $seconds }秒以内に答えてください。
device-asked-without-code = { $nickname }に聞きました。{ $seconds }秒以内に答えてください。
device-no-screen = { $nickname }の画面は今つながっていません。つながったら表示されます。
device-held = { $nickname }からまだ返事がないので、そのあとで聞きます。
device-end-paid = { $nickname }が承認しました。{ $thing }を注文しました。
device-end-approved = { $nickname }が承認しました。
device-end-denied = { $nickname }は承認しませんでした。何も買っていません。
device-end-expired = { $nickname }から返事がありませんでした。何も買っていません。
device-end-withdrawn = 依頼を取り消しました。
device-end-declined = { $nickname }は承認しましたが、支払いができませんでした：{ $reason }。代金はかかっていません。
device-end-unknown = 支払いができたか確かめられません。画面をご覧ください。
device-end-failed = 依頼の途中で問題が起きました。画面をご覧ください。
device-menu = 買えるのは{ $items }です。
device-contacts = 聞けるのは{ $names }です。
device-price = { $thing }は{ $amount }です。
device-shop-empty = 今は売り物がありません。
device-status = { $nickname }からまだ返事がありません。残り{ $seconds }秒です。
device-nothing-open = 返事待ちの依頼はありません。
device-nothing-to-cancel = 取り消すものがありません。
device-nothing-said = まだ何も言っていません。
device-too-late-to-cancel = もう決まったので、取り消せません。
device-cancel-failed = 取り消せませんでした。サーバーが答えません。依頼はまだ生きているかもしれません。
device-server-away = サーバーが答えません。誰にも聞いていません。動いてからもう一度お試しください。
device-server-lost = サーバーが答えません。Nodは動いていますか。つながるまで待ちます。
device-server-back = サーバーにつながりました。
device-wants-code = { $nickname }さんへの依頼には専用のコードが必要ですが、私は送れません。誰にも聞いていません。
device-out-of-stock = { $item }は売り切れです。誰にも聞いていません。
device-bad-quantity = 一度にそんなには買えません。誰にも聞いていません。
device-item-gone = { $item }はもう扱っていません。
device-too-many = 依頼が多すぎます。少し待ってからお試しください。
device-not-now = { $nickname }には今は聞けません。あとでお試しください。
device-failed = サーバーが依頼を断りました。何も買っていません。
device-no-voice = この機械では声が出せないので、文字で知らせます。
device-no-japanese-voice = 日本語を読む声が入っていないので、文字で知らせます。声は追加パッケージ「japanese-voice」で入ります。
device-trouble-no-microphone = マイクが見つかりません。かわりに文字で入力してください。同じように注文できます。マイクを使うのに必要なものは「main.py doctor」でわかります。
device-trouble-no-speech = 声が聞こえませんでした。
device-trouble-file-missing = ファイル{ $name }がありません。名前を確かめてください。
device-trouble-file-unreadable = { $name }は、読めるWAV・AIFF・FLACの録音ではありません。
device-trouble-file-too-long = { $name }は長すぎます。2分までです。
device-trouble-file-empty = { $name }には音が入っていません。録音し直してください。
device-trouble-engine-missing = 音声認識{ $engine }がこの機械に入っていないので、文字で入力してください。
device-trouble-engine-unknown = 音声認識{ $engine }はありません。phoneme、sphinx、whisperから選んでください。
device-trouble-network-off = 音声認識{ $engine }は聞いた声をネットワークに送りますが、今は禁じられています。許すには --network を付けて起動してください。
device-trouble-network = 音声認識{ $engine }につながりません。文字で入力するか、phonemeを選んでください。
device-trouble-model-missing = 音声認識{ $engine }にはモデルのフォルダーが要ります。NOD_WHISPER_MODELで指定してください。
device-trouble-language = 音声認識{ $engine }はこの言語がわかりません。別のものを選んでください。
device-trouble-other = この機械では聞き取れないので、文字で入力してください。{ $why }
device-place-refused = その場所は送れません。普通の言葉で書いてください。
device-console-hint = 注文を入力してEnter。声で言うときは、Enterだけを押してから話してください。終わるときは quit。
device-face-light = { $light ->
    [listening] 聞いています…
    [thinking] お待ちください…
    [speaking] 話しています
    [waiting] { $nickname }の返事待ち：{ $seconds }秒
    [good] 完了
    [bad] 何も買っていません
    [connecting] 接続しています…
    [pairing] { -pairing }待ち
    [unpaired] まだ{ -pairing }されていません
   *[idle] どうぞ
}
device-face-turn = { $who ->
    [you] あなた：{ $text }
   *[device] アシスタント：{ $text }
}
device-again = { $nickname }に{ $thing }をもう一度買って。
device-face-whom = { $status ->
    [connecting] Nodのサーバーを探しています。
    [pairing] まだ誰とも{ -pairing }していません。
    [unpaired] 「{ -pairing }…」を押すと、Nodに入力するコードが出ます。
   *[other] { $names }に聞けます。
}
device-face-pairing = Nodの「人と機器」でこのコードを入力：
device-face-pairing-beside = Nodの画面で答えてください。コードを聞かれたら：
device-face-match = { $nickname }が入力する番号：
device-face-match-code = 番号 { $code }
device-face-code = { -pairing }コード { $code }
device-face-transcript = やりとり
device-face-level = マイクの音の大きさ
device-face-placeholder = { $nickname }に牛乳を買って
device-face-somebody = モモ
device-face-line = アシスタントに言うこと
device-face-send = 送る
device-face-talk = 話す
device-face-hush = 聞くのをやめる
device-face-cancel = 取り消す
device-face-pair = { -pairing }…
device-face-settings = 設定…
device-settings-title = アシスタントの設定
device-settings-muted = 消音（文字だけ）
device-settings-volume = 音量
device-settings-speed = 話す速さ
device-settings-voice = 声
device-settings-voice-own = この言語の標準の声
device-settings-hands-free = 「ヘイ、ノッド」の呼びかけを待ち続ける
device-settings-read-back = 注文の復唱
device-settings-read-back-choice = { $choice ->
    [always] いつも
    [never] しない
   *[unsure] 自信がないとき
}
device-settings-place = アシスタントの場所
device-settings-place-hint = 空欄なら、{ -pairing }したときに登録した場所
device-settings-contacts = 聞ける人
device-settings-engine = 音声認識
device-settings-engine-own = ここで使える最良のもの
device-settings-nobody = まだいません
device-settings-save = 保存
device-settings-back = 戻る
