# The desktop’s windows: rooms, first run, pairing, states of the connection.
desktop-motto = Nothing is bought until{"\u00a0"}you{"\u00a0"}nod.
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
desktop-online-unnamed = Connected
desktop-offline = Not connected
desktop-try-now = Try now
desktop-offline-server_away = The server does not answer. Requests cannot reach you; Nod keeps trying.
desktop-offline-bad_answer = Nod does not understand what the server answers. Is it running another version?
desktop-offline-other = The connection was refused. Nod keeps trying.
desktop-removed = This computer was removed from your profile. To add it again, restart Nod.
desktop-servers-failed = Nod’s own server did not start ({ $why }). { $code ->
    [port_refused] Quit the program that uses this address, perhaps another Nod, and start Nod again.
    [folder_refused] Check the folder’s permissions and free space, and start Nod again.
    [already_running] Use the other Nod, or quit it and start this one again.
   *[other] Start Nod again.
}
desktop-no-japanese-font = No Japanese font is installed, so Japanese cannot be shown. Install one, for example the package fonts-noto-cjk.
desktop-stored-keyring = Your key is kept in this computer’s keyring.
desktop-stored-file = Your key is kept in a file that only your account can read, because this computer has no keyring.

desktop-requests = Requests
desktop-requests-search = Search
desktop-requests-filter = Which requests
desktop-requests-all = All
desktop-requests-pending = Waiting
desktop-requests-past = Past
desktop-requests-answer = &Review and answer
desktop-requests-empty = Nobody has asked you anything yet
desktop-requests-empty-more = When a device that you paired asks in your name, the request appears here and in a window of its{"\u00a0"}own.
desktop-requests-empty-try = Try it: in the Assistant window, say or type “buy milk for { $nickname }”. The request appears here and in a window of its{"\u00a0"}own.
desktop-requests-empty-pair = Nothing is paired with you yet, so nobody can ask. Pair the assistant or another device; even then nothing is bought until you agree.
desktop-requests-nothing = Nothing found
desktop-requests-nothing-more = No request matches the search and the filter above.
desktop-requests-loading = Looking for requests …
desktop-requests-loading-more = They appear here as soon as the server has answered.
desktop-requests-held-offline = Without the server it cannot be answered. You can answer as soon as the server is back.
desktop-requests-held-removed = This computer was removed from your profile. Answer it on another computer of yours.
desktop-requests-held-broken = Without a connection it cannot be answered. What to do is said above.
desktop-receipt = Record
desktop-receipt-request = Request
desktop-receipt-decided = Answered
desktop-receipt-reason = Your reason
desktop-receipt-reason-not_now = not now
desktop-receipt-reason-wrong_order = wrong order
desktop-receipt-number = Receipt number
desktop-receipt-checked = Signed by the shop
desktop-receipt-checked-yes = yes, checked
desktop-receipt-checked-missing = no: there is no receipt
desktop-receipt-checked-no = no: the receipt is not the shop’s own for this order
desktop-receipt-checked-away = not checked yet: the shop cannot be reached
desktop-receipt-check = Check again

desktop-wizard-title = Welcome to Nod
desktop-wizard-step-profile = You
desktop-wizard-step-assistant = Your assistant
desktop-wizard-step-done = Ready
desktop-wizard-welcome = Who are you?
desktop-wizard-welcome-more = Devices ask for you by a nickname. When one asks, this computer shows you what it wants, and nothing happens until you agree.
desktop-wizard-nickname = Nickname
desktop-wizard-nickname-help = What people say to a device: “buy milk for Momo”.
desktop-wizard-nickname-wrong = A nickname is one line of letters, at most 60.
desktop-wizard-reading = How the nickname is pronounced
desktop-wizard-reading-help = In kana or Latin letters, so that the assistant hears it right.
desktop-wizard-reading-needed = The nickname has kanji: write how it is pronounced.
desktop-wizard-reading-wrong = Write it in hiragana, katakana or Latin letters.
desktop-wizard-user-id = User ID
desktop-wizard-user-id-help = Yours alone: 2 to 32 lower-case letters, digits, dots, hyphens, underscores.
desktop-wizard-user-id-wrong = Use 2 to 32 lower-case letters (a to z), digits, dots, hyphens or underscores.
desktop-wizard-language = Language
desktop-wizard-zone = Time zone
desktop-wizard-zone-wrong = Choose a time zone from the list.
desktop-wizard-pin = PIN (optional)
desktop-wizard-pin-help = For larger amounts. Later, under Profile, you choose from which amount on.
desktop-wizard-pin-again = PIN again
desktop-wizard-pin-wrong = A PIN has 4 to 64 characters and no spaces.
desktop-wizard-pin-differs = The two are not the same.
desktop-wizard-text-wrong = One line of plain text, at most 60 characters.
desktop-wizard-needed = This is needed.
desktop-wizard-create = Create my profile
desktop-wizard-busy = One moment …
desktop-wizard-have-code = I have a profile and a one-time code
desktop-wizard-code = One-time code
desktop-wizard-code-more = Make a code on a computer where you already use Nod (Profile, “Add a computer”), or ask the operator of your server for one, and type it here.
desktop-wizard-code-go = Add this computer
desktop-wizard-consent = May the assistant ask you?
desktop-wizard-consent-intro = Nod comes with an assistant that takes your orders. It can ask you only if you agree.
desktop-wizard-waiting = Your assistant is starting
desktop-wizard-waiting-more = The built-in assistant can ask you to buy things. In a moment you decide whether it may.
desktop-wizard-failed = Your assistant did not start
desktop-wizard-failed-more = You can continue without it. Nod tries again each time you start{"\u00a0"}it.
desktop-wizard-skip = Not now
desktop-wizard-assistant-name = Assistant
desktop-wizard-done = You are ready
desktop-wizard-done-more = In the Assistant window, say or type “buy milk for { $nickname }”. It tells you a code; type the code into the request that appears.
desktop-wizard-done-alone = Your profile is ready, but nobody can ask you yet. You can pair the assistant or another device at any time under People and{"\u00a0"}devices.
desktop-wizard-done-alone-title = Nobody is paired yet
desktop-wizard-finish = Open Nod

desktop-pairing = Pair a device
desktop-pairing-intro = The device shows or says an eight-letter code. You will see who it is before you agree to anything.
desktop-pairing-code = Pairing code
desktop-pairing-look = Look up
desktop-pairing-who = { $kind ->
    [ai_device] If you agree, this AI device may
    [ai_agent] If you agree, this AI agent may
    [person] If you agree, this person may
   *[service] If you agree, this service may
}
desktop-pairing-claim = It calls itself “{ $name }”
desktop-pairing-may-purchase = ask you to buy things
desktop-pairing-may-procedure = ask you to allow things that cost nothing
desktop-pairing-may-sign_in = ask you to confirm that it is you
desktop-pairing-may-other = ask you for something else
desktop-pairing-never = It can never buy anything by itself: you decide here, every time. You can block it whenever you{"\u00a0"}like.
desktop-pairing-device-name = What you call it
desktop-pairing-device-name-help = Requests are shown under this name.
desktop-pairing-nickname = What it calls you
desktop-pairing-nickname-help = The name people say to it.
desktop-pairing-reading = How that is pronounced
desktop-pairing-reading-help = In kana or Latin letters.
desktop-pairing-place = Where it is (optional)
desktop-pairing-place-help = Shown with each request, for example “kitchen”.
desktop-pairing-agree = Pair it
desktop-pairing-refuse = Refuse

desktop-refusal-wrong_pin = The PIN is wrong. Nothing was changed.
desktop-refusal-other_user_id = That is not your user ID. Nothing was deleted.
desktop-refusal-pin_needed = This needs the PIN. Nothing was changed.
desktop-refusal-payment_under_way = An order that you approved is still being paid. Try again in a minute; nothing was deleted.
desktop-refusal-bad_user_code = This code cannot be used: it needs 4 to 64 letters, digits or symbols that any keyboard can type.
desktop-refusal-other = That did not work ({ $code }). Try again.
desktop-refusal-server_away = The server does not answer. Try again in a moment.
desktop-refusal-bad_answer = The server’s answer could not be understood. Is it running another version of Nod?
desktop-refusal-key_unreadable = Your key cannot be read or written. Check the data folder’s permissions and free space.
desktop-refusal-user_id_taken = This user ID is already taken. Choose another one.
desktop-refusal-wrong_code = This code is not valid, or was used already.
desktop-refusal-unknown_code = No device is showing this code. Codes expire after a few minutes, so check the device{"\u00a0"}again.
desktop-refusal-nickname_taken = That device already uses this nickname for somebody else. Choose another one.
desktop-refusal-too_many_requests = Too many attempts. Wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, then try again.
desktop-refusal-text_refused = One of the texts contains a character that cannot be shown.
desktop-refusal-nickname_refused = This nickname cannot be used.

desktop-devices = People and devices
desktop-devices-empty = No device is paired
desktop-devices-empty-more = Pair a device, and it may ask you to buy things in your name. Nothing is bought until you agree.
desktop-devices-pair = Pair a device
desktop-devices-requests = { $count ->
    [one] one request
   *[other] { $count } requests
}
desktop-devices-spent = { $amount } spent so far
desktop-devices-calls = calls you “{ $nickname }”
desktop-devices-since = paired since { $day }
desktop-devices-blocked = blocked
desktop-devices-block = Block
desktop-devices-unblock = Unblock
desktop-devices-rename = Change …
desktop-devices-unpair = Unpair
desktop-devices-unpair-ask = It cannot ask you again until you pair it{"\u00a0"}again.
desktop-devices-unpair-title = Unpair { $name }?
desktop-devices-place = location: { $place }
desktop-devices-no-place = no location given
desktop-devices-held = Without a connection no device can be paired or changed.
desktop-devices-held-away = Without the server no device can be paired or changed.
desktop-devices-held-connecting = As soon as Nod is connected, devices can be paired and changed.

desktop-close-title = Close Nod?
desktop-close-ask = Requests can reach you only while Nod is running.
desktop-close-way-back = To bring this window back, start Nod again.
desktop-close-stay = Keep Nod running in the background
desktop-close-quit = Quit
desktop-close-remember = Do not ask again
desktop-tray-open = Open Nod
desktop-tray-quit = Quit
desktop-tray-pending = { $count ->
    [0] Nod: nothing is waiting
    [one] Nod: one request is waiting
   *[other] Nod: { $count } requests are waiting
}
desktop-tray-asked = { $who } is asking you. Open Nod to see what.

desktop-profile-you = You
desktop-profile-display-name = Your name
desktop-profile-safety = When you approve
desktop-profile-window = Seconds to decide
desktop-profile-window-help = 5 to 300. After that a request expires and nothing is bought.
desktop-profile-pin-above = Ask for the PIN above (yen)
desktop-profile-pin-above-help = Above this amount you also type your PIN.
desktop-profile-wants-code = Always ask for the code that the device says
desktop-profile-wants-pin = Ask for my PIN above an amount
desktop-profile-no-pin = No PIN is set on this computer. Set one below first.
desktop-profile-no-pin-here = No PIN is set on this computer: above this amount you can approve only on a computer that has one. Set one below, or untick this.
desktop-profile-quiet = Quiet hours: nobody may ask
desktop-profile-quiet-from = Quiet from
desktop-profile-quiet-to = Quiet until
desktop-profile-quiet-between = to
desktop-profile-shared = Tell devices when none of my screens is connected
desktop-profile-pin = PIN of this computer
desktop-profile-pin-new = New PIN
desktop-profile-pin-help = For larger amounts. To change or remove it, you need your current PIN.
desktop-profile-pin-help-first = For larger amounts.
desktop-profile-pin-remove = Remove the PIN
desktop-profile-pin-is-set = A PIN is set.
desktop-profile-pin-is-not-set = No PIN is set.
desktop-pin-title = Your PIN, please
desktop-pin-change = Your PIN protects larger amounts, so you need it to change this.
desktop-pin-code = Type your PIN, and the new computer can have a PIN too and approve larger amounts. Without your PIN, the new computer can approve only smaller ones.
desktop-pin-field = PIN
desktop-pin-forgotten = Forgotten, or set on another computer? Type a one-time code instead. Make one on that computer with its PIN, or ask whoever runs your server.
desktop-pin-wrong = That is neither your PIN nor a code for it. Nothing was changed.
desktop-pin-without = Without the PIN
desktop-pin-yes = Continue
desktop-profile-machine = This computer
desktop-profile-scheme = Colours
desktop-profile-scheme-system = Same as the system
desktop-profile-scheme-light = Light
desktop-profile-scheme-dark = Dark
desktop-profile-on-close = When the window is closed
desktop-profile-on-close-ask = Ask me
desktop-profile-on-close-stay = Keep Nod running in the background
desktop-profile-on-close-quit = Quit
desktop-profile-sound = Make a sound when somebody asks
desktop-profile-motion = Reduced motion: the countdown moves once a second
desktop-profile-login = Start Nod when I log in
desktop-profile-terminals = Your computers with Nod
desktop-profile-terminal-add = Add a computer …
desktop-profile-terminal-code = Type this on the other computer within { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}. It works once.
desktop-profile-terminal-this = this one
desktop-profile-terminal-since = added { $day }
desktop-profile-terminal-remove = Remove
desktop-profile-user-code = Your own code for services
desktop-profile-user-code-about = With a code, only services that know it can ask you; everybody else is turned away before your screen shows anything. The built-in assistant and other talking devices cannot send a code, so they can no longer reach you.
desktop-profile-user-code-is-set = A code is set, so the built-in assistant and other talking devices cannot reach you. The code cannot be shown.
desktop-profile-user-code-is-not-set = No code is set: every paired device that is not blocked may ask you.
desktop-profile-user-code-new = New code
desktop-profile-user-code-help = 4 to 64 letters, digits or symbols that any keyboard can type.
desktop-profile-user-code-wrong = Use 4 to 64 letters, digits or symbols that any keyboard can type.
desktop-profile-user-code-remove = Remove the code
desktop-profile-data = Your data
desktop-profile-data-about = Take a copy of everything that Nod keeps about you, or have it deleted for good.
desktop-profile-delete = Delete my data …
desktop-delete-title = Delete everything about you?
desktop-delete-gone = Deleted at once and for good: your profile, all your computers’ keys, the pairing of every device, your codes, and the history of everything that you were asked. Whatever is waiting for your answer is refused.
desktop-delete-kept = Kept, without your name: the shop’s ledger and its receipts, the request numbers in the server’s log, and a mark so that nobody else ever gets your user ID. Copies that you exported stay with you.
desktop-delete-user-id = To confirm, type your user ID: { $user }
desktop-delete-pin = Your PIN
desktop-delete-wrong_pin = The PIN is wrong. Nothing was deleted.
desktop-delete-pin_needed = This needs the PIN. Nothing was deleted.
desktop-delete-yes = Delete for good
desktop-deleted-title = Your data is deleted
desktop-deleted = Nobody can ask you any more, and the keys of this computer are gone. The next time you start Nod, you begin afresh with another user ID.
desktop-deleted-quit = Close Nod
desktop-profile-export = Export my data …
desktop-profile-exported = Saved as { $file }
desktop-profile-export-failed = The file could not be written.

desktop-about-what = Others ask in your name; nothing is bought until{"\u00a0"}you{"\u00a0"}nod. All money here is play money.
desktop-about-how = Each step is signed and names the one before: the shop’s quote, your answer, the payment, the receipt. This program is free software under the Apache License 2.0.
desktop-about-places = Places: GeoNames (geonames.org), CC BY 4.0. Map: Natural Earth, public domain.
desktop-about-licences = Licences of what Nod uses
desktop-about-version = Version { $version }

desktop-spending-by = Add up by
desktop-spending-by-month = By month
desktop-spending-by-device = By device
desktop-spending-by-payee = By shop
desktop-spending-note = Paid orders recorded on this computer, in play money.
desktop-spending-empty = Nothing spent yet
desktop-spending-empty-more = When you approve an order and it is paid, it is added up here.
desktop-requests-print = Save as PDF …
desktop-devices-assistant = The built-in assistant is not paired with you.
desktop-requests-again = Order again
desktop-requests-again-said = Passed on to your assistant. It asks for today’s price; then the request appears here for you to answer.
desktop-profile-picture-choose = Choose a picture …
desktop-profile-picture-kinds = Pictures
desktop-profile-picture-remove = Remove the picture
desktop-profile-picture-wrong = Nod cannot read this file as a picture. Choose another one.
desktop-devices-may = may ask you to { $what }
desktop-devices-may-purchase = buy things
desktop-devices-may-procedure = allow things that cost nothing
desktop-devices-may-sign_in = confirm that it is you
desktop-pairing-point = On the map (optional)
desktop-pairing-point-help = A town, or latitude and longitude as copied from a map: 35.6595,{"\u00a0"}139.7005
desktop-pairing-point-wrong = No town of this name is known here. Choose another one, or write latitude and longitude: 35.6595,{"\u00a0"}139.7005
desktop-assistant = Assistant
desktop-requests-older = Show older ones
desktop-requests-empty-assistant = Open the assistant
desktop-pairing-code-missing = Type the code that the device shows or says.
desktop-requests-away = Your requests cannot be shown right now
desktop-requests-away-more = They appear here as soon as the server answers.
