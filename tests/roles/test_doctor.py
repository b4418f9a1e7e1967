"""The doctor names what is missing, what does not work for it, and what to install."""

import io
import json
from pathlib import Path

import pytest

from core.roles import doctor, findings
from core.roles.findings import Finding

WELL = Finding("ears", True, "It hears.")
ILL = Finding("voice", False, "It cannot speak.", ("libvoice1", "libshared1"))
ALSO_ILL = Finding("eyes", False, "It cannot see.", ("libshared1",))
OPTIONAL = Finding("hat", False, "It has no hat.", ("hat",), optional=True)


def _ask(monkeypatch: pytest.MonkeyPatch, *found: Finding, as_json: bool = False) -> tuple[int, str]:
    monkeypatch.setattr(doctor, "look", lambda _: found)
    out = io.StringIO()
    return doctor.doctor(None, as_json=as_json, out=out), out.getvalue()


def test_a_machine_that_lacks_nothing_gets_status_0(monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = _ask(monkeypatch, WELL, OPTIONAL)
    assert status == 0
    assert "ears  ok: It hears." in said
    assert "hat   could be better: It has no hat." in said
    assert "apt-get" not in said


def test_what_is_missing_is_named_once_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = _ask(monkeypatch, WELL, ILL, ALSO_ILL, OPTIONAL)
    assert status == 1
    assert "missing: It cannot speak." in said
    assert said.endswith("sudo apt-get install --no-install-recommends libvoice1 libshared1\n")


def test_json_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    status, said = _ask(monkeypatch, WELL, ILL, as_json=True)
    content = json.loads(said)
    assert status == 1
    assert [one["ok"] for one in content["findings"]] == [True, False]
    assert content["install"] == ["libvoice1", "libshared1"]


def test_every_finding_of_this_machine_speaks_a_sentence(data_folder: Path) -> None:
    found = doctor.look(data_folder)
    assert len({one.part for one in found}) == len(found)
    assert [one.says for one in found if not one.says.endswith(".")] == []


def test_a_machine_without_a_display_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not findings.display().ok


def test_a_display_that_does_not_answer_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not findings.display().ok


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(findings.WINDOW_LIBRARIES, "libnothing.so.99", "libnothing99")
    finding = findings.window_libraries()
    assert not finding.ok
    assert finding.packages[-1] == "libnothing99"


def test_fonts_are_found_by_language() -> None:
    assert findings._fonts_for(b":lang=en") > 0
    assert findings._fonts_for(b":family=No Such Family") == 0


def test_a_data_folder_is_looked_at_and_not_made(tmp_path: Path) -> None:
    assert findings.data_folder(tmp_path / "new").ok
    assert not (tmp_path / "new").exists()


def test_a_data_folder_that_others_can_read_is_a_finding(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    finding = findings.data_folder(tmp_path)
    assert not finding.ok
    assert "chmod 700" in finding.says


def test_a_keyring_that_keeps_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    finding = findings.secret_store()
    assert not finding.ok
    assert finding.optional
