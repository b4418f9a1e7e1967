# AI機器が話し、画面に出す文。短く、画面も声も同じ。
device-title = アシスタント — Nod
device-name = アシスタント
device-thing = { $quantity ->
    [1] { $name }
   *[other] { $name }{ $quantity }点
}
device-hello = こんにちは。「{ $nickname }に牛乳を買って」のように、何を誰に買うかを言ってください。
device-pair = まだ誰とも{ -pairing }していません。Nodの「人と機器」を開き、このコードを入力してください：{ $code }
device-pair-beside = まだ誰とも{ -pairing }していません。あなたに聞いてもよいかどうか、いまNodの画面でたずねています。
device-pair-more = もう一人と{ -pairing }するには、その人のNodにこのコードを入力してください：{ $code }
device-paired = { -pairing }しました。{ $names }に聞けます。
device-pair-refused = { -pairing }は断られました。もう一度試すときは、新しいコードを出してください。
device-pair-expired = { -pairing }コードの期限が切れました。新しいコードを出してください。
device-pair-failed = { -pairing }コードをもらえませんでした。少し待ってもう一度お試しください。
device-register-refused = サーバーに登録できませんでした。管理者からもらったコードを付けて起動してください：--enrol{"\u00a0"}コード
device-confirm = { $thing }、{ $amount }。{ $nickname }に聞きます。よろしいですか。
device-offer = { $candidate }とおっしゃいましたか。
device-answer-please = 「はい」か「いいえ」でお答えください。
device-no-answer = お返事がないので、誰にも聞きません。
device-dropped = わかりました。誰にも聞きません。
device-negated = わかりました。何も買いません。
device-unsure = よく聞き取れませんでした。もう一度言ってください。
device-not-understood = わかりませんでした。「{ $nickname }に牛乳を買って」のように言ってください。
device-unknown-item = それは扱っていません。買えるのは{ $items }です。
device-unknown-name = 聞けるのは{ $names }です。誰に聞きますか。
device-no-contacts = まだ聞ける人がいません。先に誰かと{ -pairing }してください。
device-contact-gone = { $nickname }には聞けません。何も買っていません。
device-asked = { $nickname }に聞きました。番号は{ $digits }です。{ $seconds }秒間、返事を待ちます。
device-asked-aloud = { $nickname }に聞きました。番号は{ $digits }です。もう一度、{ $digits }です。{ $seconds }秒間、返事を待ちます。
device-asked-without-code = { $nickname }に聞きました。{ $seconds }秒間、返事を待ちます。
device-no-screen = { $nickname }の画面は今つながっていません。つながり次第、表示されます。
device-held = { $nickname }からまだ返事がないので、こちらはそのあとで聞きます。
device-end-paid = { $nickname }が承認しました。{ $thing }を注文しました。
device-end-approved = { $nickname }が承認しました。
device-end-denied = { $nickname }は承認しませんでした。何も買っていません。
device-end-expired = { $nickname }から返事がありませんでした。何も買っていません。
device-end-withdrawn = 依頼を取り消しました。
device-end-declined = { $nickname }は承認しましたが、支払いができませんでした：{ $reason }。代金はかかっていません。
device-end-unknown = 支払いができたか確かめられません。Nodの画面をご覧ください。
device-end-failed = 依頼の途中で問題が起きました。Nodの画面をご覧ください。
device-menu = 買えるのは{ $items }です。
device-contacts = 聞けるのは{ $names }です。
device-price = { $thing }は{ $amount }です。
device-shop-empty = 今、お店に売り物がありません。
device-status = { $nickname }からまだ返事がありません。残り{ $seconds }秒です。
device-nothing-open = 返事待ちの依頼はありません。
device-nothing-to-cancel = 取り消すものがありません。
device-nothing-said = まだ何も言っていません。
device-too-late-to-cancel = もう決まったので、取り消せません。
device-cancel-failed = サーバーが応答しないので、取り消せませんでした。依頼はまだ残っているかもしれません。
device-server-away = サーバーが応答しないので、誰にも聞いていません。サーバーが動いてからもう一度お試しください。
device-server-lost = サーバーが応答しません。接続を試し続けます。Nodが動いているかご確認ください。
device-kept = サーバーにつながり次第、取りかかります。
device-server-back = サーバーにつながりました。
device-wants-code = { $nickname }への依頼には本人専用のコードが必要ですが、私からは送れません。誰にも聞いていません。
device-out-of-stock = { $item }は売り切れです。誰にも聞いていません。
device-bad-quantity = 一度にその数は買えません。誰にも聞いていません。
device-item-gone = { $item }はもう扱っていません。
device-too-many = 依頼が多すぎます。1分ほど待ってからお試しください。
device-not-now = { $nickname }には今は聞けません。あとでお試しください。
device-failed = サーバーが依頼を断りました。何も買っていません。
device-no-voice = このコンピューターでは声が出せないので、文字で知らせます。
device-no-japanese-voice = 日本語を読み上げる声が入っていないので、文字で知らせます。声は追加パッケージ「japanese-voice」で入ります。
device-trouble-no-microphone = マイクが見つかりません。かわりに文字で入力してください。同じように注文できます。マイクを使うのに必要なものは「main.py doctor」で確かめられます。
device-trouble-no-speech = 声が聞こえませんでした。
device-trouble-file-missing = ファイル「{ $name }」がありません。名前を確かめてください。
device-trouble-file-unreadable = { $name }を読めません。WAV・AIFF・FLACの録音を選んでください。
device-trouble-file-too-long = { $name }は長すぎます。録音は2分までです。
device-trouble-file-empty = { $name }には音が入っていません。録音し直してください。
device-trouble-engine-missing = 音声認識「{ $engine }」がこのコンピューターに入っていないので、文字で入力してください。
device-trouble-engine-unknown = 音声認識「{ $engine }」はありません。phoneme、sphinx、whisperから選んでください。
device-trouble-network-off = 音声認識「{ $engine }」は聞いた声をネットワークに送りますが、今は使わない設定です。使うには --network を付けて起動してください。
device-trouble-network = 音声認識「{ $engine }」につながりません。文字で入力するか、phonemeを選んでください。
device-trouble-model-missing = 音声認識「{ $engine }」にはモデルのフォルダーが必要です。NOD_WHISPER_MODELで指定してください。
device-trouble-language = 音声認識「{ $engine }」はこの言語に対応していません。別のものを選んでください。
device-trouble-other = このコンピューターでは声を聞き取れないので、文字で入力してください。{ $why }
device-place-refused = その場所は送れません。ふつうの言葉で書いてください。
device-console-hint = 注文を入力してEnterを押してください。声で言うときは、Enterだけを押してから話します。終わるときは quit と入力します。
device-face-light = { $light ->
    [listening] 聞いています…
    [thinking] お待ちください…
    [speaking] 話しています
    [asking] はい、いいえ？
    [waiting] { $nickname }の返事待ち：{ $seconds }秒
    [good] 完了
    [bad] 何も買っていません
    [denied] 承認されませんでした
    [late] 時間切れです
    [cancelled] 取り消しました
    [declined] 支払いができませんでした
    [unsure] 支払いを確認できません
    [unreached] サーバーが応答しませんでした
    [away] サーバーが応答しません
    [refused] 接続できませんでした
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
    [asking] 答えを聞くまで、誰にも聞きません。
    [connecting] Nodのサーバーを探しています。
    [pairing] まだ誰とも{ -pairing }していません。
    [unpaired] 「{ -pairing }…」を押すと、Nodに入力するコードが出ます。
    [denied] 何も買っていません。
    [late] 返事がなかったので、何も買っていません。
    [cancelled] 何も買っていません。
    [declined] 代金はかかっていません。
    [unsure] 支払いの結果はNodの画面で確かめられます。
    [unreached] 誰にも聞いていません。少し待ってお試しください。
    [away] { $since }から応答がありません。接続を試し続けます。入力した注文には、つながり次第取りかかります。
    [refused] サーバーがこの機器を受け付けませんでした。
    [listening] ご注文や、お返事をどうぞ。
    [thinking] ご用件を確かめています。
    [speaking] 話している内容は、下にも表示されます。
    [waiting] { $nickname }のNodに依頼を送りました。
    [good] 支払いが終わりました。
    [approved] 支払いはありません。
    [bad] 何があったかは、下に表示されています。
   *[idle] { $names }に確認できます。
}
device-face-pairing = Nodの「人と機器」でこのコードを入力：
device-face-pairing-beside = Nodの画面で答えてください。コードを聞かれたら：
device-face-match = { $nickname }が入力する番号：
device-face-match-code = 番号 { $code }
device-face-code = { -pairing }コード { $code }
device-face-transcript = やりとり
device-face-level = マイクの音の大きさ
device-face-placeholder = { $nickname }に牛乳を買って
device-face-placeholder-answer = 「はい」か「いいえ」
device-face-somebody = モモ
device-face-line = アシスタントに言うこと
device-face-send = 送る
device-face-talk = 話す
device-face-hush = 止める
device-face-hush-listening = 聞くのを止める
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
   *[unsure] 聞き取りに自信がないとき
}
device-settings-place = アシスタントの場所
device-settings-place-hint = 空欄なら、{ -pairing }したときに登録した場所
device-settings-contacts = 聞ける人
device-settings-engine = 音声認識
device-settings-engine-name = { $engine ->
    [phoneme] 内蔵
    [sphinx] PocketSphinx
    [whisper] Whisper（モデルが必要）
   *[other] { $engine }
}
device-settings-engine-own = ここで使えるいちばん良いもの
device-settings-nobody = まだいません
device-settings-save = 保存
device-settings-back = キャンセル
