# What the dialog, the text terminal, the history and the receipt say of a request.
lines-kind = { $kind ->
    [ai_device] AI device
    [ai_agent] AI agent
    [person] person
   *[service] service
}
lines-purchase = { $who } wants to buy
lines-procedure = { $who } asks you to allow
lines-authentication = { $who } asks you to confirm that it is you
lines-item = { $quantity } × { $title }
lines-each = { $price } each
lines-payee = to { $payee }
lines-nickname = asked for “{ $nickname }”
lines-place-registered = { $place }{ $accuracy } (the place you registered)
lines-place-reported = { $place }{ $accuracy } (reported by the device, not checked)
lines-place-unknown = Place not given
lines-place-accuracy = {" "}± { $metres } m
lines-message = Message from { $who }: “{ $message }”
lines-scope = { $scope ->
    [openid] It learns who you are
    [profile] It sees your name
    [email] It sees your e-mail address
    [offline_access] It keeps access while you are away
   *[other] “{ $name }”
}
lines-time-there = { $time } there
lines-seconds = { $seconds ->
    [one] { $seconds } second left
   *[other] { $seconds } seconds left
}
lines-state = { $state ->
    [pending] waiting for you
    [approved] approved
    [denied] denied
    [reported] refused
    [expired] time is up
    [withdrawn] withdrawn
    [paid] paid
    [unproven] payment not proven
    [unchecked] payment not checked
    [declined] not paid
   *[unknown] not confirmed yet
}
lines-reason = { $reason ->
    [not_now] not now
    [wrong_order] wrong order
    [wrong_match_code] the code was wrong
    [not_mine] you do not know this request
    [insufficient_funds] not enough play money
    [out_of_stock] sold out
    [too_late] it was too late to pay
   *[quote_spent] this offer was already used
}
lines-play-money = play money
# Between things that are listed.
lines-comma = { ", " }
# Between sentences.
lines-gap = { " " }
lines-first-time = asks you for the first time
lines-money-spoken = { $currency ->
    [JPY] { $value } yen
    [USD] { $value } dollars
    [EUR] { $value } euros
   *[other] { $value } { $currency }
}
lines-near = near { $place }
lines-near-in = { $name }, { $region }
lines-unusual-amount = Higher than usual: most are about { $usual }.
lines-unusual-far = { $km } km from where this device last asked.
lines-unusual-place = A new place for this device.
lines-unusual-pace = { $count } requests from this device within an hour.
lines-paired-since = paired since { $day }
