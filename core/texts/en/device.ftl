# What the AI device says and shows. Short, plain, the same on screen and in speech.
device-title = Assistant — Nod
device-name = Assistant
device-thing = { $quantity ->
    [one] { $name }
   *[other] { $quantity } { $plural }
}
device-hello = Hello. Say or type what to buy and for whom, like: buy milk for { $nickname }.
device-pair = Nobody is paired with me yet. Open Nod, choose “People and devices”, and type this code: { $code }.
device-pair-beside = Nobody is paired with me yet. Nod asks you now, in its own window, whether I may ask you.
device-pair-more = To pair one more person, type this code in their Nod: { $code }.
device-paired = We are paired. I can ask { $names }.
device-pair-refused = The pairing was refused. Ask for a new code when you want to try again.
device-pair-expired = The pairing code ran out. Ask for a new code.
device-pair-failed = I could not get a pairing code. Try again in a minute.
device-register-refused = The server does not let me register. Start me with the code that its operator gives: --enrol CODE.
device-confirm = { $thing }, { $amount }, and I ask { $nickname }. Is that right?
device-offer = Did you say { $candidate }?
device-answer-please = Please say yes or no.
device-no-answer = I heard no answer, so I ask nobody.
device-dropped = All right. I ask nobody.
device-negated = All right. I buy nothing.
device-unsure = I am not sure that I understood. Please say it again.
device-not-understood = I did not understand. Say it like: buy milk for Momo.
device-unknown-item = I do not know that. I can buy { $items }.
device-unknown-name = I know { $names }. Who should I ask?
device-no-contacts = I know nobody yet. Pair me with somebody first.
device-contact-gone = I may not ask { $nickname }. Nothing was bought.
device-asked = I asked { $nickname }. The code is { $digits }. There are { $seconds } seconds to answer.
device-asked-aloud = I asked { $nickname }. The code is { $digits }. Again: { $digits }. There are { $seconds } seconds to answer.
device-asked-without-code = I asked { $nickname }. There are { $seconds } seconds to answer.
device-no-screen = { $nickname } has no screen open just now. The request is shown there as soon as one is.
device-held = { $nickname } has not answered yet. I ask for this afterwards.
device-end-paid = { $nickname } approved. I ordered { $thing }.
device-end-approved = { $nickname } approved.
device-end-denied = { $nickname } did not approve. Nothing was bought.
device-end-expired = { $nickname } did not answer. Nothing was bought.
device-end-withdrawn = I cancelled the request.
device-end-declined = { $nickname } approved, but the payment did not go through: { $reason }. Nothing was charged.
device-end-unknown = I am not sure that the payment went through. Please look at the desk.
device-end-failed = Something went wrong with the request. Please look at the desk.
device-menu = I can buy { $items }.
device-contacts = I can ask { $names }.
device-price = { $quantity ->
    [one] { $thing } costs { $amount }.
   *[other] { $thing } cost { $amount }.
}
device-shop-empty = The shop has nothing to sell just now.
device-status = { $nickname } has not answered yet. { $seconds ->
    [one] One second is
   *[other] { $seconds } seconds are
} left.
device-nothing-open = No request is open.
device-nothing-to-cancel = There is nothing to cancel.
device-nothing-said = I have not said anything yet.
device-too-late-to-cancel = It is already decided. I cannot take it back.
device-cancel-failed = I could not cancel: the server does not answer. The request may still be open.
device-server-away = The server does not answer. Nothing was asked. Try again when it is running.
device-server-lost = The server does not answer. I keep trying. Is Nod running?
device-server-back = The server is back.
device-wants-code = { $nickname } wants a personal code with each request, and I cannot send one. Nothing was asked.
device-out-of-stock = { $item } is sold out. Nothing was asked.
device-bad-quantity = The shop does not sell so many at once. Nothing was asked.
device-item-gone = The shop does not sell { $item } any more.
device-too-many = I asked too often. Wait a minute and try again.
device-not-now = { $nickname } cannot be asked just now. Try again later.
device-failed = The server refused the request. Nothing was bought.
device-no-voice = I have no voice on this machine, so I write.
device-no-japanese-voice = I have no voice that reads Japanese, so I write. The extra “japanese-voice” brings one.
device-trouble-no-microphone = I find no microphone on this machine. Type what to buy instead; I understand it just as well. “main.py doctor” tells what a microphone needs here.
device-trouble-no-speech = I heard nobody speak.
device-trouble-file-missing = There is no file { $name }. Check the name.
device-trouble-file-unreadable = { $name } is no WAV, AIFF or FLAC recording that I can read.
device-trouble-file-too-long = { $name } is too long. Two minutes are the most.
device-trouble-file-empty = { $name } holds no sound. Record it again.
device-trouble-engine-missing = The recogniser { $engine } is not installed here, so please type.
device-trouble-engine-unknown = There is no recogniser { $engine }. Choose phoneme, sphinx or whisper.
device-trouble-network-off = The recogniser { $engine } sends what it hears over the network, which is off. Start me with --network to allow it.
device-trouble-network = The recogniser { $engine } could not be reached. Please type, or choose phoneme.
device-trouble-model-missing = The recogniser { $engine } needs a folder with a model. Name it in NOD_WHISPER_MODEL.
device-trouble-language = The recogniser { $engine } does not know this language. Choose another one.
device-trouble-other = I cannot listen on this machine, so please type. { $why }
device-place-refused = I cannot send that place. Write it in plain words.
device-console-hint = Type an order and press Enter, or press Enter alone and speak. “quit” ends me.
device-face-light = { $light ->
    [listening] Listening …
    [thinking] One moment …
    [speaking] Speaking
    [waiting] Waiting for { $nickname }: { $seconds } s
    [good] Done
    [bad] Nothing was bought
    [connecting] Connecting …
    [pairing] Waiting to be paired
    [unpaired] Not paired yet
   *[idle] Ready
}
device-face-turn = { $who ->
    [you] You: { $text }
   *[device] Assistant: { $text }
}
device-again = Order { $thing } again for { $nickname }.
device-face-whom = { $status ->
    [connecting] Looking for Nod’s server.
    [pairing] Nobody is paired with me yet.
    [unpaired] Press “Pair …” for a code, and type it in Nod.
   *[other] I can ask { $names }.
}
device-face-pairing = Type this code in Nod, under “People and devices”:
device-face-pairing-beside = Agree in Nod’s window. If it asks for a code:
device-face-match = Code for { $nickname } to type:
device-face-match-code = Code { $code }
device-face-code = Pairing code { $code }
device-face-transcript = What was said
device-face-level = Loudness at the microphone
device-face-placeholder = Buy milk for { $nickname }
device-face-somebody = Momo
device-face-line = What to say to the assistant
device-face-send = Send
device-face-talk = Talk
device-face-hush = Stop listening
device-face-cancel = Cancel
device-face-pair = Pair …
device-face-settings = Settings …
device-settings-title = Settings of the assistant
device-settings-muted = Mute: write only
device-settings-volume = Volume
device-settings-speed = Speed of speech
device-settings-voice = Voice
device-settings-voice-own = The language’s own
device-settings-hands-free = Listen all the time for “hey Nod”
device-settings-read-back = Read orders back
device-settings-read-back-choice = { $choice ->
    [always] always
    [never] never
   *[unsure] when unsure
}
device-settings-place = Where the assistant stands
device-settings-place-hint = empty: the place registered when pairing
device-settings-contacts = I can ask
device-settings-engine = Recogniser
device-settings-engine-own = The best that works here
device-settings-nobody = nobody yet
device-settings-save = Save
device-settings-back = Back
