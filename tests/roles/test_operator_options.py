"""What the command line may ask of a server: limits, and where it may speak in clear."""

from pathlib import Path

import pytest

from core.domain.limits import Rate
from core.roles.errors import WrongUse
from core.roles.limit_options import limits_of
from core.roles.tls import refuse_clear_text, tls_of
from core.server.limits import Limits

WRONG_LIMITS = (
    "=",
    "x=1",
    "per-device",
    "per-device=5",
    "per-device=0/1",
    "per-device=5/0",
    "per-device=1/inf",
    "back-off=off",
    "back-off=-1",
    "back-off=nan",
    "open-per-pair=0",
    "open-per-pair=1.5",
    "registrations=off",
)


def test_limits_are_read_and_the_others_keep_their_defaults() -> None:
    limits, registrations = limits_of(
        ["per-device=5/10", "open-per-pair=off", "back-off=1.5", "registrations=9/60"]
    )
    assert limits == Limits(per_device=Rate(5, 10), open_per_pair=None, back_off_s=1.5)
    assert registrations == Rate(9, 60)
    assert limits_of([]) == (Limits(), None)


@pytest.mark.parametrize(
    "text",
    WRONG_LIMITS,
)
def test_a_limit_that_cannot_be_is_a_wrong_command_line(text: str) -> None:
    with pytest.raises(WrongUse):
        limits_of([text])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_clear_text_stays_on_this_machine(host: str) -> None:
    refuse_clear_text(host, None, has_tls=False, is_wanted=False)


@pytest.mark.parametrize("host", ["192.0.2.7", "0.0.0.0", "::", "2001:db8::1", "nod.example"])
def test_clear_text_beyond_this_machine_is_refused_unless_it_is_wanted(host: str) -> None:
    with pytest.raises(WrongUse, match="in clear"):
        refuse_clear_text(host, "https://nod.example", has_tls=False, is_wanted=False)
    refuse_clear_text(host, "https://nod.example", has_tls=True, is_wanted=False)
    refuse_clear_text(host, "https://nod.example", has_tls=False, is_wanted=True)


def test_every_address_needs_a_name_for_others() -> None:
    with pytest.raises(WrongUse, match="--url"):
        refuse_clear_text("0.0.0.0", None, has_tls=True, is_wanted=False)


def test_half_a_certificate_is_a_wrong_command_line(tmp_path: Path) -> None:
    file = tmp_path / "cert.pem"
    file.write_text("no certificate")
    for pair in ((file, None), (None, file), (file, file), (tmp_path / "a", tmp_path / "b")):
        with pytest.raises(WrongUse):
            tls_of(*pair)
    assert tls_of(None, None) is None
