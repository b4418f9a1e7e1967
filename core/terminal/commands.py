"""What a person may type into the text terminal, read into values; a mistake is a value with a sentence."""

import unicodedata
from collections.abc import Callable, Iterable

import msgspec

from core.domain.decision import Reason

REASONS = {"not_now": Reason.NOT_NOW, "wrong_order": Reason.WRONG_ORDER}
"""What may follow `deny ID`; a request that is not known is `report`ed instead."""


class Register(msgspec.Struct, frozen=True):
    """`register USER_ID NICKNAME`."""

    user_id: str
    nickname: str


class Approve(msgspec.Struct, frozen=True):
    """`approve ID [CODE [PIN]]`. Its text form holds neither code nor PIN."""

    id: str
    code: str = ""
    pin: str = ""

    def __repr__(self) -> str:
        return f"Approve({self.id})"


class Deny(msgspec.Struct, frozen=True):
    """`deny ID [REASON]`."""

    id: str
    reason: Reason | None = None


class Report(msgspec.Struct, frozen=True):
    """`report ID`."""

    id: str


class Pair(msgspec.Struct, frozen=True):
    """`pair CODE [NICKNAME]`."""

    code: str
    nickname: str = ""


class Say(msgspec.Struct, frozen=True):
    """`say TEXT`: for the assistant that runs beside this terminal."""

    text: str


class Again(msgspec.Struct, frozen=True):
    """`again [ID]`: an order of the past, made once more by the assistant that runs beside this terminal."""

    id: str = ""
    """The beginning of its id; without one the newest that can be made again."""


class UserCode(msgspec.Struct, frozen=True):
    """`user-code CODE`, or `user-code off`. Its text form does not hold the code."""

    code: str | None

    def __repr__(self) -> str:
        return "UserCode()"


class Export(msgspec.Struct, frozen=True):
    """`export FILE`."""

    file: str


class DeleteMyData(msgspec.Struct, frozen=True):
    """`delete-my-data USER_ID [PIN]`. Its text form does not hold the PIN."""

    user_id: str
    pin: str = ""

    def __repr__(self) -> str:
        return f"DeleteMyData({self.user_id})"


class ListPending(msgspec.Struct, frozen=True):
    """`list`."""


class Help(msgspec.Struct, frozen=True):
    """`help`."""


class Quit(msgspec.Struct, frozen=True):
    """`quit`."""


class Mistake(msgspec.Struct, frozen=True):
    """A line that is no command."""

    code: str
    """`unknown_command`, `usage`, `unknown_reason`."""
    about: str = ""
    """The command that was meant, or the word that nobody knows."""


Command = (
    Register
    | Approve
    | Deny
    | Report
    | Pair
    | Say
    | Again
    | UserCode
    | Export
    | DeleteMyData
    | ListPending
    | Help
    | Quit
)
USAGE = {
    "register": "register USER_ID NICKNAME",
    "approve": "approve ID CODE",
    "deny": "deny ID [not_now|wrong_order]",
    "report": "report ID",
    "pair": "pair CODE [NICKNAME]",
    "say": "say TEXT",
    "again": "again [ID]",
    "user-code": "user-code CODE|off",
    "export": "export FILE",
    "delete-my-data": "delete-my-data USER_ID [PIN]",
    "list": "list",
    "help": "help",
    "quit": "quit",
}
"""Every command as it is written; each has a sentence `terminal-help-…`."""
_LONGEST_WORD = 40


def parse(line: str) -> Command | Mistake | None:
    """Reads one line; None where it is blank."""
    word, _, rest = line.strip().partition(" ")
    if not word:
        return None
    read = _READERS.get(word.lower())
    if read is None:
        return Mistake("unknown_command", word[:_LONGEST_WORD])
    return read(rest.strip()) or Mistake("usage", word.lower())


def _register(rest: str) -> Command | None:
    user_id, _, nickname = rest.partition(" ")
    return Register(user_id, nickname.strip()) if nickname.strip() else None


def _approve(rest: str) -> Command | None:
    words = rest.split()
    if not 1 <= len(words) <= 3:
        return None
    # A Japanese keyboard also types 47 as ４７, which would be another code, and there is one try.
    return Approve(words[0], *(unicodedata.normalize("NFKC", code) for code in words[1:2]), *words[2:])


def _deny(rest: str) -> Command | Mistake | None:
    request_id, _, why = rest.partition(" ")
    if not request_id:
        return None
    if not why:
        return Deny(request_id)
    name = "_".join(why.lower().replace("-", " ").split())
    reason = REASONS.get(name)
    return Deny(request_id, reason) if reason else Mistake("unknown_reason", why.strip()[:_LONGEST_WORD])


def _report(rest: str) -> Command | None:
    return Report(rest) if rest and " " not in rest else None


def _pair(rest: str) -> Command | None:
    code, _, nickname = rest.partition(" ")
    return Pair(code, nickname.strip()) if code else None


def _say(rest: str) -> Command | None:
    return Say(rest) if rest else None


def _user_code(rest: str) -> Command | None:
    return UserCode(None if rest.lower() == "off" else rest) if rest else None


def _delete_my_data(rest: str) -> Command | None:
    words = rest.split()
    return DeleteMyData(*words) if 1 <= len(words) <= 2 else None


_READERS: dict[str, Callable[[str], Command | Mistake | None]] = {
    "register": _register,
    "approve": _approve,
    "deny": _deny,
    "report": _report,
    "pair": _pair,
    "say": _say,
    "again": lambda rest: Again(rest) if " " not in rest else None,
    "user-code": _user_code,
    "export": lambda rest: Export(rest) if rest else None,
    "delete-my-data": _delete_my_data,
    "list": lambda _: ListPending(),
    "help": lambda _: Help(),
    "quit": lambda _: Quit(),
}


class Ambiguous(msgspec.Struct, frozen=True):
    """A beginning that several ids share."""

    count: int


def find_id(beginning: str, ids: Iterable[str]) -> str | Ambiguous | None:
    """The one id that is meant, typed whole, or by its beginning with or without `req_`."""
    known = tuple(ids)
    if beginning in known:
        return beginning
    found = [one for one in known if one.startswith((beginning, f"req_{beginning}"))] if beginning else []
    if len(found) > 1:
        return Ambiguous(len(found))
    return found[0] if found else None


def short_id(request_id: str, ids: Iterable[str]) -> str:
    """The shortest beginning, of 4 characters or more, by which a person can name a request."""
    bare = {one: one.removeprefix("req_") for one in ids}
    mine = request_id.removeprefix("req_")
    others = [text for one, text in bare.items() if one != request_id]
    for length in range(4, len(mine)):
        if not any(text.startswith(mine[:length]) for text in others):
            return mine[:length]
    return mine
