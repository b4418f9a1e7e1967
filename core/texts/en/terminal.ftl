# The text terminal. The lines of a request itself are in lines.ftl.
terminal-row-who = Who
terminal-row-what = What
terminal-row-amount = How much
terminal-row-payee = To whom
terminal-row-when = When
terminal-row-where = Where
terminal-row-nickname = Asked for
terminal-how = { $code ->
    [yes] { $presence ->
        [pin] Type: approve { $id } CODE PIN (the code that the device says, for which you have one try, then your PIN), deny { $id }, or report { $id } if you do not know it.
       *[click] Type: approve { $id } CODE (the code that the device says; you have one try), deny { $id }, or report { $id } if you do not know it.
    }
   *[no] Type: approve { $id }, deny { $id }, or report { $id } if you do not know it.
}
terminal-waiting = { $count ->
    [one] { $count } request waits
   *[other] { $count } requests wait
}
terminal-nothing-pending = Nobody is asking you anything.
terminal-trouble-details-differ = This request does not match its own hash, so it cannot be approved here. Type: deny { $id }, or report { $id }.
terminal-trouble-quote-missing = The shop’s signed price is missing, so this cannot be approved. Type: deny { $id }, or report { $id }.
terminal-trouble-quote-differs = What is shown is not what the shop has signed, so this cannot be approved. Type: deny { $id }, or report { $id }.
terminal-trouble-hostile-text = The request holds text that could mislead you, so it cannot be approved. Type: deny { $id }, or report { $id }.
terminal-trouble-pin-not-set = This amount needs a PIN, and none is set at this terminal. Answer where your PIN is set, or set one in Nod’s window (Profile), or type: deny { $id }.
terminal-trouble-payment-away = The shop cannot be reached, so the price cannot be checked yet. You can wait, or type: deny { $id }.
terminal-approved = You approved it.
terminal-denied = You refused it. Nothing is bought.
terminal-reported = You reported it as not yours. Nothing is bought.
terminal-wrong-match-code = The code was wrong, so the request was refused. Nothing is bought. Ask again from the device.
terminal-withdrawn = { $who } took its request back: { $what }.
terminal-expired = The request ran out of time: { $what }. Ask again from the device.
terminal-settled = { $what }: { $state }.
terminal-unproven = No receipt of the shop proves it. Ask the shop before you order again.
terminal-registered = { $nickname }, you are registered as { $user }. The key of this terminal is kept in { $stored ->
    [keyring] the desktop’s keyring
   *[file] a file that only you can read
}.
terminal-not-enrolled = This terminal belongs to nobody yet. Type: register USER_ID NICKNAME, or start it with --enrol CODE.
terminal-online = Connected. { $user }, requests will appear here; type help for the commands.
terminal-offline = The server cannot be reached. It is tried again until it answers.
terminal-paired = Paired: { $device } may now ask you as “{ $nickname }”.
terminal-device-name = Device
terminal-help-register = make your profile; your devices will know you by the nickname
terminal-help-approve = agree; CODE is what the device says
terminal-help-deny = refuse, with a reason if you like
terminal-help-report = refuse, and say that you do not know this request
terminal-help-pair = let a device ask you; CODE is what it shows
terminal-help-say = say something to the assistant
terminal-help-user-code = a code of yours that a device must bring before you are asked at all
terminal-help-export = write a copy of everything that the server keeps about you
terminal-help-delete-my-data = delete your profile, devices and history for good; type your user ID to confirm
terminal-help-list = show what waits for you
terminal-help-help = show this list
terminal-help-quit = leave
terminal-exported = Everything about you is in { $file }.
terminal-error-cannot-write = The file { $about } cannot be written.
terminal-user-code-set = Set. Devices that do not bring this code can no longer reach you.
terminal-user-code-removed = Removed. Your paired devices need no code of yours.
terminal-deleted = Everything about { $user } is deleted: profile, terminals, pairings, codes and history. Kept, without your name: the shop’s ledger and receipts, and the request numbers in the log. Your user ID is never given to anybody else.
terminal-error-other-user-id = Nothing was deleted. To confirm, type your own user ID: delete-my-data { $about }
terminal-error-payment-under-way = Nothing was deleted: an order that you approved is still being paid. Try again in a minute.
terminal-error-bad-user-code = This code cannot be used. Take 4 to 64 letters, digits or signs that can be typed everywhere.
terminal-error-already-ended = It was too late: the request has ended already.
terminal-error-already-enrolled = This terminal is already registered as { $about }.
terminal-error-ambiguous-id = More than one request starts with “{ $about }”. Type more of it.
terminal-error-bad-answer = The server’s answer cannot be understood. Is it another version, or no Nod server?
terminal-error-bad-nickname = This nickname cannot be used. Take one with letters, at most 60 characters.
terminal-error-bad-user-id = “{ $about }” cannot be a user ID. Take 2 to 32 lower-case letters, digits, dots, hyphens or underscores.
terminal-error-cannot-approve = This request cannot be approved here; it can be denied or reported.
terminal-error-code-missing = Type the code too: approve { $about } CODE. The device says it.
terminal-error-deciding = Your decision on this request is already on its way.
terminal-error-key-unreadable = The key of this terminal cannot be read. Enrol again with --enrol CODE.
terminal-error-nickname-taken = The device already calls somebody “{ $about }”. Type: pair CODE ANOTHER_NICKNAME.
terminal-error-no-assistant = No assistant runs beside this terminal. Start one with: main.py assistant
terminal-error-not-enrolled = First register: register USER_ID NICKNAME.
terminal-error-not-pending = This request does not wait for an answer any more.
terminal-error-pin-needed = This amount needs your PIN: approve ID CODE PIN.
terminal-error-removed = This terminal was removed from its user. Start it again with --enrol CODE.
terminal-error-server-away = The server cannot be reached. Start it, or name it with --server.
terminal-error-standard-input-closed = Nobody is registered here, and standard input is closed, so nothing can be typed. Run main.py terminal again with one of these commands on its standard input:
terminal-error-too-many-requests = Too many tries. Wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, then try again.
terminal-error-unanswered = The server did not answer. What became of your decision will be shown when it is back.
terminal-error-unknown-code = No device shows the code “{ $about }”. Look at the device again; a code lives for some minutes only.
terminal-error-unknown-command = “{ $about }” is no command. Type help to see them.
terminal-error-unknown-id = No waiting request starts with “{ $about }”. Type list to see them.
terminal-error-unknown-reason = “{ $about }” is no reason. Type: deny ID not_now, or deny ID wrong_order.
terminal-error-usage = Write it so: { $about }
terminal-error-user-id-taken = The user ID “{ $about }” is taken. Choose another one, or enrol this terminal with a code from the first.
terminal-error-wrong-code = The code is wrong or was used already. Make a new one on an enrolled terminal.
terminal-error-wrong-pin = The PIN is wrong. Nothing was sent; try again.
terminal-error-other = The server refused it ({ $about }).
terminal-again = Handed to your assistant: { $what }. It asks for today’s price; then it asks you.
terminal-help-again = let the assistant order once more what it ordered last, or what ID asked for
terminal-error-assistant-not-ready = The assistant cannot ask yet. Pair it first, or wait a moment.
terminal-error-nothing-again = There is nothing to order again: your assistant has bought nothing for you yet.
terminal-error-not-again = This cannot be ordered again: only what your own assistant asked for can, once it has ended.
terminal-no-windows = There are no windows here: { $why ->
    [libraries] libraries of its window are missing (“main.py doctor” names them)
    [qt] Qt cannot be loaded ({ $about })
   *[display] no display answers
}. This is the text terminal.
terminal-no-windows-demo = There are no windows here: { $why ->
    [libraries] libraries of its window are missing (“main.py doctor” names them)
    [qt] Qt cannot be loaded ({ $about })
   *[display] no display answers
}. The messages are printed all the same.
terminal-open-already = Nod is open already on this data folder; its window is in front now.
