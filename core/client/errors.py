"""What can go wrong between a party and a server; a refusal is an answer and therefore a value.

NodError
└── ClientError
    ├── ServerAway          server_away: down, unreachable, too slow, or it broke off
    ├── BadAnswer           bad_answer: what came back is not what docs/wire.md promises
    ├── AddressRefused      address_refused: an address that Nod does not call
    └── KeyUnreadable       key_unreadable: a stored key or identity cannot be read or written
"""

from core.domain.errors import NodError


class ClientError(NodError):
    """A call to a server has no usable answer."""

    code = "client_error"


class ServerAway(ClientError):
    """The server did not answer; what was sent may or may not have arrived."""

    code = "server_away"

    def __init__(self, description: str, *, sent: bool = True) -> None:
        super().__init__(description)
        self.sent = sent
        """False when it is certain that nothing arrived."""


class BadAnswer(ClientError):
    """The answer is not of the contract's shape, or too large."""

    code = "bad_answer"


class AddressRefused(ClientError):
    """Plain http to another machine, or no http address at all."""

    code = "address_refused"


class KeyUnreadable(ClientError):
    """A key or identity file is damaged, or its folder cannot be written."""

    code = "key_unreadable"
