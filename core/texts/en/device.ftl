# What the AI device says and shows. Short, plain, the same on screen and in speech.
device-title = Assistant — Nod
device-name = Assistant
device-thing = { $quantity ->
    [one] { $name }
   *[other] { $quantity } { $plural }
}
device-hello = Hello. Say or type what to buy and for whom, for example: buy milk for { $nickname }.
device-pair = Nobody is paired with me yet. Open Nod, choose “People and devices”, and type this code: { $code }.
device-pair-beside = Nobody is paired with me yet. Nod is asking you now, in its own window, whether I may ask you.
device-pair-more = To pair another person, type this code in their Nod: { $code }.
device-paired = We’re paired. I can ask { $names }.
device-pair-refused = The pairing was refused. Ask for a new code if you want to try again.
device-pair-expired = The pairing code has expired. Ask for a new one.
device-pair-failed = I couldn’t get a pairing code. Try again in a minute.
device-register-refused = The server takes only devices with a code from its operator. Ask for one, and start me with it (--enrol CODE).
device-confirm = { $thing }, { $amount }, and I ask { $nickname }. Is that right?
device-offer = Did you say { $candidate }?
device-answer-please = Please say yes or no.
device-no-answer = I heard no answer, so I won’t ask anybody.
device-dropped = All right. I won’t ask anybody.
device-negated = All right. I won’t buy anything.
device-unsure = I’m not sure I understood. Please say it again.
device-not-understood = I didn’t understand. Say it like this: buy milk for { $nickname }.
device-unknown-item = I don’t know that. I can buy { $items }.
device-unknown-name = I know { $names }. Who should I ask?
device-no-contacts = I don’t know anybody yet. Pair me with somebody first.
device-contact-gone = I’m not allowed to ask { $nickname }. Nothing was bought.
device-asked = I asked { $nickname }. The code is { $digits }. There are { $seconds } seconds to answer.
device-asked-aloud = I asked { $nickname }. The code is { $digits }. Again: { $digits }. There are { $seconds } seconds to answer.
device-asked-without-code = I asked { $nickname }. There are { $seconds } seconds to answer.
device-no-screen = { $nickname } has no screen open right now. The request will appear as soon as one is.
device-held = { $nickname } hasn’t answered yet. I’ll ask for this afterwards.
device-end-paid = { $nickname } approved. I ordered { $thing }.
device-end-approved = { $nickname } approved.
device-end-denied = { $nickname } did not approve. Nothing was bought.
device-end-expired = { $nickname } did not answer. Nothing was bought.
device-end-withdrawn = I cancelled the request.
device-end-declined = { $nickname } approved, but the payment did not go through: { $reason }. Nothing was charged.
device-end-unknown = I’m not sure the payment went through. Nod shows whether it was paid.
device-end-failed = Something went wrong with the request. Please look in Nod, under Requests.
device-menu = I can buy { $items }.
device-contacts = I can ask { $names }.
device-price = { $quantity ->
    [one] { $thing } costs { $amount }.
   *[other] { $thing } cost { $amount }.
}
device-shop-empty = The shop has nothing to sell right now.
device-status = { $nickname } hasn’t answered yet. { $seconds ->
    [one] One second is
   *[other] { $seconds } seconds are
} left.
device-nothing-open = No request is open.
device-nothing-to-cancel = There is nothing to cancel.
device-nothing-said = I haven’t said anything yet.
device-too-late-to-cancel = It has already been decided. I can’t take it back.
device-cancel-failed = I couldn’t cancel: the server isn’t answering. The request may still be open.
device-server-away = The server isn’t answering. Nothing was asked. Try again when it’s running.
device-server-lost = The server isn’t answering. I’ll keep trying. Is Nod running?
device-kept = I’ll take that up as soon as the server answers.
device-server-back = The server is back.
device-wants-code = { $nickname } wants a personal code with each request, and I can’t send one. Nothing was asked.
device-out-of-stock = { $item } is sold out. Nothing was asked.
device-bad-quantity = The shop doesn’t sell that many at once. Nothing was asked.
device-item-gone = The shop no longer sells { $item }.
device-too-many = I’ve asked too often. Wait a minute and try again.
device-not-now = { $nickname } can’t be asked right now. Try again later.
device-failed = The server refused the request. Nothing was bought.
device-no-voice = I have no voice on this computer, so I write instead.
device-no-japanese-voice = I have no voice that reads Japanese, so I write instead. The extra “japanese-voice” adds one.
device-trouble-no-microphone = I can’t find a microphone on this computer. Type what to buy instead; I understand it just as well.
device-trouble-no-speech = I didn’t hear anybody speak.
device-trouble-file-missing = There is no file called { $name }. Check the name.
device-trouble-file-unreadable = { $name } isn’t a WAV, AIFF or FLAC recording that I can read.
device-trouble-file-too-long = { $name } is too long. The limit is two minutes.
device-trouble-file-empty = There is no sound in { $name }. Record it again.
device-trouble-engine-missing = The recogniser { $engine } isn’t installed here, so please type.
device-trouble-engine-unknown = There is no recogniser called { $engine }. Choose phoneme, sphinx or whisper.
device-trouble-network-off = The recogniser { $engine } sends what it hears over the network, and that is switched off. Start me with --network to allow it.
device-trouble-network = The recogniser { $engine } couldn’t be reached. Please type, or choose phoneme.
device-trouble-model-missing = The recogniser { $engine } needs a folder with a model. Name it in NOD_WHISPER_MODEL.
device-trouble-language = The recogniser { $engine } doesn’t know this language. Choose another one.
device-trouble-other = I can’t listen on this computer, so please type. { $why }
device-place-refused = I can’t send that place. Write it in plain words.
device-console-hint = Type an order and press Enter, or press Enter alone and speak. Type “quit” to leave.
device-face-light = { $light ->
    [listening] Listening …
    [thinking] One moment …
    [speaking] Speaking
    [asking] Yes or no?
    [waiting] Waiting for { $nickname }: { $seconds } s
    [good] Done
    [bad] Nothing was bought
    [denied] Not approved
    [late] No answer in time
    [cancelled] Cancelled
    [declined] Payment failed
    [unsure] Payment unclear
    [unreached] The server didn’t answer
    [away] The server isn’t answering
    [refused] Not connected
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
    [unpaired] Press “Pair …” for a code, then type it in Nod.
    [denied] Nothing was bought.
    [late] Nothing was bought.
    [cancelled] Nothing was bought.
    [declined] Nothing was charged.
    [unsure] Nod shows whether it was paid.
    [unreached] Nothing was asked. Try again in a moment.
    [away] No answer since { $since }. I keep trying; what you type is taken up as soon as the server answers.
    [refused] The server does not accept this device.
    [listening] Say what to buy and for whom, or answer what I asked.
    [thinking] I’m looking into it.
    [speaking] What I say is also written below.
    [asking] I ask nobody before you have answered.
    [waiting] The request is in { $nickname }’s Nod.
    [good] It’s paid.
    [approved] Nothing was to be paid.
    [bad] What happened is written below.
   *[idle] I can ask { $names }.
}
device-face-pairing = Type this code in Nod, under “People and devices”:
device-face-pairing-beside = Answer in Nod’s window. If it asks for a code, type:
device-face-match = Code for { $nickname } to type:
device-face-match-code = Code { $code }
device-face-code = Pairing code { $code }
device-face-transcript = What was said
device-face-level = Loudness at the microphone
device-face-placeholder = Buy milk for { $nickname }
device-face-placeholder-answer = yes or no
device-face-somebody = Momo
device-face-line = What to say to the assistant
device-face-send = Send
device-face-talk = Talk
device-face-hush = Stop
device-face-hush-listening = Stop listening
device-face-cancel = Cancel
device-face-pair = Pair …
device-face-settings = Settings …
device-settings-title = Assistant settings
device-settings-muted = Mute: write only
device-settings-volume = Volume
device-settings-speed = Speaking speed
device-settings-voice = Voice
device-settings-voice-own = The language’s standard voice
device-settings-hands-free = Always listen for “hey Nod”
device-settings-read-back = Read orders back
device-settings-read-back-choice = { $choice ->
    [always] Always
    [never] Never
   *[unsure] When unsure
}
device-settings-place = Where the assistant stands
device-settings-place-hint = If empty: as registered when pairing
device-settings-contacts = I can ask
device-settings-engine = Speech recognition
device-settings-engine-name = { $engine ->
    [phoneme] Built in
    [sphinx] PocketSphinx
    [whisper] Whisper (needs a model)
   *[other] { $engine }
}
device-settings-engine-own = The best one that works here
device-settings-nobody = Nobody yet
device-settings-save = Save
device-settings-back = Cancel
