# The desktop's windows: rooms, first run, pairing, states of the connection.
desktop-motto = Nothing is bought until you nod.
desktop-back = Back
desktop-cancel = Cancel
desktop-save = Save
desktop-saved = Saved.
desktop-room-requests = Requests
desktop-room-devices = People and devices
desktop-room-spending = Spending
desktop-room-profile = Profile
desktop-room-about = About
desktop-connecting = Connecting …
desktop-online = Connected as { $user }
desktop-offline = Not connected
desktop-try-now = Try now
desktop-offline-server_away = The server does not answer. Requests cannot reach you; Nod keeps trying.
desktop-offline-bad_answer = The server answers in a way that Nod does not understand. Is it another version?
desktop-offline-other = The connection was refused. Nod keeps trying.
desktop-removed = This terminal was removed from your profile. Start Nod again to enrol it anew.
desktop-servers-failed = Nod’s own server did not start: { $why }
desktop-no-japanese-font = No Japanese font is installed, so Japanese cannot be shown. Install one, for example the package fonts-noto-cjk.
desktop-stored-keyring = Your key is kept in this computer’s keyring.
desktop-stored-file = Your key is kept in a file that only your account can read, because this computer has no keyring.

desktop-requests = Requests
desktop-requests-search = Search
desktop-requests-filter = Which requests
desktop-requests-all = All
desktop-requests-pending = Waiting
desktop-requests-past = Past
desktop-requests-answer = &Look at it and answer
desktop-requests-empty = Nobody has asked you anything yet
desktop-requests-empty-more = When a device that you paired asks in your name, the request appears here and in a window of its own.
desktop-requests-nothing = Nothing found
desktop-requests-nothing-more = No request fits the word and the filter above.
desktop-requests-loading = Looking for requests …
desktop-requests-loading-more = Nod is connecting to its server.
desktop-receipt = Record
desktop-receipt-request = Request
desktop-receipt-decided = Answered
desktop-receipt-number = Receipt number
desktop-receipt-checked = Signed by the shop
desktop-receipt-checked-yes = yes, checked
desktop-receipt-checked-no = could not be checked

desktop-wizard-title = Welcome to Nod
desktop-wizard-step-profile = 1  You
desktop-wizard-step-assistant = 2  Your assistant
desktop-wizard-step-done = 3  Ready
desktop-wizard-welcome = Who are you?
desktop-wizard-welcome-more = Devices ask for you by a nickname. When one asks, this computer shows you what it wants, and nothing happens until you agree.
desktop-wizard-nickname = Nickname
desktop-wizard-nickname-help = What people say to a device: “buy milk for Momo”.
desktop-wizard-nickname-wrong = A nickname is one line of letters, at most 60.
desktop-wizard-reading = How it is said
desktop-wizard-reading-help = In kana or Latin letters, so that the assistant hears it right.
desktop-wizard-reading-needed = The nickname has kanji: write how it is said.
desktop-wizard-reading-wrong = Write it in hiragana, katakana or Latin letters.
desktop-wizard-user-id = User ID
desktop-wizard-user-id-help = Yours alone on this server: 2 to 32 small letters, digits, dots, hyphens.
desktop-wizard-user-id-wrong = Use 2 to 32 small letters (a to z), digits, dots, hyphens or underscores.
desktop-wizard-language = Language
desktop-wizard-zone = Time zone
desktop-wizard-zone-wrong = Choose a time zone of the list.
desktop-wizard-pin = PIN (optional)
desktop-wizard-pin-help = For larger amounts; you choose above which, under Profile.
desktop-wizard-pin-again = PIN again
desktop-wizard-pin-wrong = A PIN has 4 to 64 characters and no spaces.
desktop-wizard-pin-differs = The two are not the same.
desktop-wizard-text-wrong = One line of plain text, at most 60 characters.
desktop-wizard-needed = This is needed.
desktop-wizard-create = Create my profile
desktop-wizard-busy = One moment …
desktop-wizard-have-code = I have a profile and a one-time code
desktop-wizard-code = One-time code
desktop-wizard-code-more = Make a code on a terminal that you use already (Profile, “Add a terminal”), or ask the operator of your server for one, and type it here.
desktop-wizard-code-go = Add this terminal
desktop-wizard-consent = May the assistant ask you?
desktop-wizard-consent-intro = Nod comes with an assistant that hears orders. It can ask only if you agree.
desktop-wizard-waiting = Your assistant is starting
desktop-wizard-waiting-more = The built-in assistant can ask you to buy things. In a moment you decide whether it may.
desktop-wizard-skip = Not now
desktop-wizard-assistant-name = Assistant
desktop-wizard-done = You are ready
desktop-wizard-done-more = Say or type to the assistant: “buy milk for { $nickname }”. It tells you a code; this computer shows you the request.
desktop-wizard-done-alone = No device is paired yet. You can pair one at any time under People and devices.
desktop-wizard-finish = Open Nod

desktop-pairing = Pair a device
desktop-pairing-intro = The device shows or says a code of eight letters. You see who it is before anything is agreed.
desktop-pairing-code = Pairing code
desktop-pairing-look = Look
desktop-pairing-who = { $kind ->
    [ai_device] This AI device may then
    [ai_agent] This AI agent may then
    [person] This person may then
   *[service] This service may then
}
desktop-pairing-claim = It calls itself “{ $name }”
desktop-pairing-may-purchase = ask you to buy things
desktop-pairing-may-procedure = ask you to allow procedures without money
desktop-pairing-may-sign_in = ask you to confirm that it is you
desktop-pairing-may-other = ask you for something else
desktop-pairing-never = It can never buy by itself: each time, you decide here. You can block it whenever you like.
desktop-pairing-device-name = What you call it
desktop-pairing-device-name-help = Requests are shown under this name.
desktop-pairing-nickname = What it calls you
desktop-pairing-nickname-help = The name people say to it.
desktop-pairing-reading = How that is said
desktop-pairing-reading-help = In kana or Latin letters.
desktop-pairing-place = Where it stands (optional)
desktop-pairing-place-help = Shown with each request: “kitchen”.
desktop-pairing-agree = Pair it
desktop-pairing-refuse = Refuse

desktop-refusal-other = That did not work ({ $code }). Try again.
desktop-refusal-server_away = The server does not answer. Try again in a moment.
desktop-refusal-bad_answer = The server’s answer makes no sense. Is it another version of Nod?
desktop-refusal-key_unreadable = Your key cannot be read or written. Look at the data folder’s rights and space.
desktop-refusal-user_id_taken = Somebody has this user ID already. Choose another one.
desktop-refusal-wrong_code = This code is not valid, or was used already.
desktop-refusal-unknown_code = No device shows this code. Codes end after some minutes: look at the device again.
desktop-refusal-nickname_taken = That device calls somebody else so already. Choose another nickname.
desktop-refusal-too_many_requests = Too many tries. Wait { $minutes } minutes.
desktop-refusal-text_refused = One of the texts holds a character that cannot be shown.
desktop-refusal-nickname_refused = This nickname cannot be used.

desktop-devices = People and devices
desktop-devices-empty = No device is paired
desktop-devices-empty-more = Pair a device, and it may ask you to buy things in your name. Nothing is bought until you agree.
desktop-devices-pair = Pair a device
desktop-devices-requests = { $count ->
    [one] one request
   *[other] { $count } requests
}
desktop-devices-spent = { $amount } so far
desktop-devices-calls = calls you “{ $nickname }”
desktop-devices-since = paired since { $day }
desktop-devices-blocked = blocked
desktop-devices-block = Block
desktop-devices-unblock = Unblock
desktop-devices-rename = Change …
desktop-devices-unpair = Unpair
desktop-devices-unpair-ask = Unpair { $name }? It can ask you no more, until you pair it again.
desktop-devices-place = stands: { $place }
desktop-devices-no-place = place not given

desktop-close-title = Close Nod?
desktop-close-ask = Requests can reach you only while Nod runs.
desktop-close-stay = Keep answering in the background
desktop-close-quit = Quit
desktop-close-remember = Do not ask again
desktop-tray-open = Open Nod
desktop-tray-quit = Quit
desktop-tray-pending = { $count ->
    [0] Nod: nothing waits
    [one] Nod: one request waits
   *[other] Nod: { $count } requests wait
}
desktop-tray-asked = { $who } asks you. Open Nod to see it.

desktop-profile-you = You
desktop-profile-display-name = Your name
desktop-profile-safety = What an approval takes
desktop-profile-window = Seconds to decide
desktop-profile-window-help = 5 to 300. Afterwards a request runs out and nothing is bought.
desktop-profile-pin-above = PIN above (yen)
desktop-profile-pin-above-help = Up to this amount a click is enough.
desktop-profile-wants-code = Always ask for the code that the device says
desktop-profile-wants-pin = Ask for my PIN above an amount
desktop-profile-quiet = Quiet hours: nobody may ask
desktop-profile-quiet-from = Quiet from
desktop-profile-quiet-to = Quiet until
desktop-profile-shared = Devices may learn that no screen of mine is connected
desktop-profile-pin = PIN of this computer
desktop-profile-pin-new = New PIN
desktop-profile-pin-help = A second key, which only the PIN opens. Forgotten? Remove it here and set a new one.
desktop-profile-pin-remove = Remove the PIN
desktop-profile-pin-is-set = A PIN is set.
desktop-profile-pin-is-not-set = No PIN is set.
desktop-profile-machine = This computer
desktop-profile-scheme = Colours
desktop-profile-scheme-system = As the system
desktop-profile-scheme-light = Light
desktop-profile-scheme-dark = Dark
desktop-profile-on-close = When the window is closed
desktop-profile-on-close-ask = Ask me
desktop-profile-on-close-stay = Keep answering in the background
desktop-profile-on-close-quit = Quit
desktop-profile-sound = Make a sound when somebody asks
desktop-profile-motion = Reduced motion: the countdown moves once a second
desktop-profile-login = Start Nod when I log in
desktop-profile-terminals = Your terminals
desktop-profile-terminal-add = Add a terminal …
desktop-profile-terminal-code = Type this on the other terminal within { $minutes } minutes. It works once.
desktop-profile-terminal-this = this one
desktop-profile-terminal-remove = Remove
desktop-profile-export = Export my data …
desktop-profile-exported = Saved as { $file }
desktop-profile-export-failed = The file could not be written.

desktop-about-what = Somebody asks in your name; nothing is bought until you nod. Money is play money.
desktop-about-how = Each step is signed and names the one before: the shop’s quote, your answer, the payment, the receipt. This program is free software under the Apache License 2.0.
desktop-about-places = Places: GeoNames (geonames.org), CC BY 4.0. Map: Natural Earth, public domain.
desktop-about-licences = Licences of what Nod uses

desktop-spending-by = Add up by
desktop-spending-by-month = By month
desktop-spending-by-device = By device
desktop-spending-by-payee = By payee
desktop-spending-note = Paid orders that this terminal knows of, in play money.
desktop-spending-empty = Nothing spent yet
desktop-spending-empty-more = When you approve an order and it is paid, it is added up here.
desktop-requests-print = Save as PDF …
desktop-devices-assistant = The built-in assistant is not paired with you.
