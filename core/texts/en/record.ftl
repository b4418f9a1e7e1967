# The record of one request on paper.
record-title = Record of a request
record-total = Total
record-asked = Asked
record-answered = Answered
record-payee = Paid to
record-place = Place
record-request = Request
record-details = Hash of what was shown
record-receipt = Receipt number
record-approval = Hash of the answer
record-token = Hash of the payment token
record-signed = Receipt
record-signed-yes = signed by the shop, and checked
record-signed-missing = there is none
record-signed-no = not the shop’s own for this order
record-signed-away = not checked yet: the shop could not be reached
record-check = The hashes are SHA-256. Whoever has the signed receipt can compare them.
