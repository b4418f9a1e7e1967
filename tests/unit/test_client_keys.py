"""Where a terminal's keys live, and what a wrong PIN, a broken keyring or a damaged file does."""

from pathlib import Path
from typing import Any

import pytest

from core.client.errors import KeyUnreadable
from core.client.identity import Identity, IdentityFile
from core.client.key_store import FileStore, load_or_make, open_store
from core.client.pin_key import PinKeyFile, SealedKey, is_fit_pin, seal, unseal
from core.wire.keys import SigningKey

COST = 2


class Ring:
    """A keyring backend in memory."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, text: str) -> None:
        self.kept[service, name] = text

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


class ForgetfulRing(Ring):
    def set_password(self, service: str, name: str, text: str) -> None:
        """Says yes and keeps nothing."""


class LockedRing(Ring):
    def get_password(self, service: str, name: str) -> str | None:
        raise RuntimeError("locked")


class RefusingRing(Ring):
    priority = 0.0


def test_a_keyring_that_works_holds_the_key_and_no_file_does(tmp_path: Path) -> None:
    ring = Ring()
    store = open_store(tmp_path, ring)
    key = load_or_make(store, "terminal")
    assert store.stored_in == "keyring"
    assert load_or_make(open_store(tmp_path, ring), "terminal").kid == key.kid
    assert not (tmp_path / "keys").exists()
    assert len(ring.kept) == 1


@pytest.mark.parametrize("ring", [ForgetfulRing(), LockedRing(), RefusingRing()])
def test_a_keyring_that_does_not_work_is_said_and_a_private_file_holds_the_key(
    tmp_path: Path, ring: Any
) -> None:
    store = open_store(tmp_path, ring)
    key = load_or_make(store, "terminal")
    path = tmp_path / "keys" / "terminal.jwk"
    assert store.stored_in == "file"
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_make(store, "terminal").kid == key.kid


def test_the_headless_machines_own_keyring_is_no_keyring(tmp_path: Path) -> None:
    assert open_store(tmp_path).stored_in == "file"


def test_a_keyring_that_appears_later_hides_no_key(tmp_path: Path) -> None:
    key = load_or_make(open_store(tmp_path, RefusingRing()), "terminal")
    assert load_or_make(open_store(tmp_path, Ring()), "terminal").kid == key.kid


def test_two_data_folders_do_not_share_a_keyrings_key(tmp_path: Path) -> None:
    ring = Ring()
    first = load_or_make(open_store(tmp_path / "a", ring), "terminal")
    assert load_or_make(open_store(tmp_path / "b", ring), "terminal").kid != first.kid


@pytest.mark.parametrize("content", ["", "{}", "[]", "no json", '{"kty": "EC"}'])
def test_a_damaged_key_is_said_and_not_replaced(tmp_path: Path, content: str) -> None:
    store = FileStore(tmp_path)
    store.put("terminal", content)
    with pytest.raises(KeyUnreadable):
        load_or_make(store, "terminal")
    assert store.get("terminal") == content


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    load_or_make(store, "terminal")
    (tmp_path / "keys" / "terminal.jwk").chmod(0o644)
    with pytest.raises(KeyUnreadable, match="chmod 600"):
        load_or_make(store, "terminal")


def test_the_pin_opens_its_key_and_no_other_pin_does(tmp_path: Path) -> None:
    pins = PinKeyFile(tmp_path, "terminal", COST)
    key = pins.open_or_make("2580")
    opened = pins.open("2580")
    assert opened is not None
    assert opened.kid == key.kid
    assert pins.open("2581") is None
    assert pins.open_or_make("2580").kid == key.kid


def test_no_pin_key_is_no_key(tmp_path: Path) -> None:
    assert PinKeyFile(tmp_path, "terminal", COST).open("2580") is None


def test_a_sealed_key_is_bound_to_its_name(tmp_path: Path) -> None:
    box = seal(SigningKey.generate(), "2580", COST)
    assert unseal(SealedKey("another", box.cost, box.salt, box.nonce, box.sealed), "2580") is None


@pytest.mark.parametrize("cost", [0, 3, 2**30])
def test_a_cost_that_makes_no_sense_is_refused_before_any_work(cost: int) -> None:
    box = seal(SigningKey.generate(), "2580", COST)
    with pytest.raises(KeyUnreadable):
        unseal(SealedKey(box.kid, cost, box.salt, box.nonce, box.sealed), "2580")


def test_what_can_be_a_pin() -> None:
    assert is_fit_pin("2580")
    assert not any(is_fit_pin(pin) for pin in ("", "123", "12 45", "1234\n", "1" * 65))


def test_an_identity_belongs_to_one_server(tmp_path: Path) -> None:
    kept = IdentityFile(tmp_path, "terminal", "http://127.0.0.1:1")
    identity = Identity("http://127.0.0.1:1", "term_1", "kid", "momo")
    kept.save(identity)
    assert kept.load() == identity
    assert IdentityFile(tmp_path, "terminal", "http://127.0.0.1:2").load() is None
    kept.forget()
    assert kept.load() is None


def test_a_damaged_identity_is_said(tmp_path: Path) -> None:
    kept = IdentityFile(tmp_path, "terminal", "http://127.0.0.1:1")
    kept.save(Identity("http://127.0.0.1:1", "term_1", "kid"))
    next((tmp_path / "clients").glob("*.json")).write_text("{")
    with pytest.raises(KeyUnreadable):
        kept.load()


def test_the_last_revision_survives_and_a_damaged_one_is_zero(tmp_path: Path) -> None:
    kept = IdentityFile(tmp_path, "terminal", "http://127.0.0.1:1")
    assert kept.load_revision() == 0
    kept.save_revision(41)
    assert kept.load_revision() == 41
    next((tmp_path / "clients").glob("*.revision")).write_text("many")
    assert kept.load_revision() == 0
