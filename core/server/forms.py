"""Reads forms of OAuth endpoints: a parameter twice is an error, an empty one is absent (RFC 6749 3.2)."""

from urllib.parse import parse_qsl

from core.server.errors import invalid_request

MAX_PARAMETERS = 64

Form = dict[str, str]


def parse_form(body: bytes) -> Form:
    """The parameters of an urlencoded body in UTF-8; the door has already checked size and media type.

    Raises:
        Refused: 400 `invalid_request`: not UTF-8, no form, too many parameters, or one twice.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError as error:
        raise invalid_request("The body is no urlencoded form in UTF-8.") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise invalid_request("A parameter is there twice.")
    if any("\x00" in value for value in form.values()):
        raise invalid_request("A parameter holds a null character.")
    return {name: value for name, value in form.items() if value}


def required(form: Form, name: str) -> str:
    """The parameter called `name`.

    Raises:
        Refused: 400 `invalid_request`: it is missing.
    """
    value = form.get(name)
    if value is None:
        raise invalid_request(f"The parameter {name} is missing.")
    return value
