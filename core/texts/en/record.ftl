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
record-signed-no = could not be checked
record-check = The hashes are SHA-256. Whoever has the signed receipt can compare them.
