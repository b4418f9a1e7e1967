"""Evidence is checked link by link, and a file that is none gets one sentence."""

import io
import json
from pathlib import Path

import msgspec
import pytest

from core.roles.verify import EvidenceUnreadable, verify
from tests.unit.artifacts import EVIDENCE


def _verify(file: Path, *, as_json: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    return verify(file, as_json=as_json, out=out), out.getvalue()


def test_evidence_that_holds_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(msgspec.json.encode(EVIDENCE))
    status, said = _verify(file)
    assert status == 0
    assert said.endswith("Every link holds.\n")
    assert said.count("holds") == 5


def test_one_changed_byte_breaks_a_link_and_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(msgspec.json.encode(EVIDENCE).replace(b'"value":', b'"value":1', 1))
    status, said = _verify(file, as_json=True)
    content = json.loads(said)
    assert status == 1
    assert content["holds"] is False
    assert any(not link["holds"] and link["why"] for link in content["links"])


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b"[" * 100_000, b'{"details": 1}'])
def test_a_file_that_is_no_evidence_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(EvidenceUnreadable, match="is no evidence"):
        verify(tmp_path / "letter")


def test_a_missing_file_a_folder_and_a_huge_file_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvidenceUnreadable, match="cannot be read"):
        verify(tmp_path / "nothing")
    with pytest.raises(EvidenceUnreadable, match="cannot be read"):
        verify(tmp_path)
    (tmp_path / "huge").write_bytes(b" " * (5 * 1024 * 1024))
    with pytest.raises(EvidenceUnreadable, match="too large"):
        verify(tmp_path / "huge")
