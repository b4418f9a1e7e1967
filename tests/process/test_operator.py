"""What a server's operator does beside the running server: codes for terminals, and who is registered."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.client.addresses import server_address
from core.client.answer import Refusal
from core.client.enrolling import NewPerson
from core.client.key_store import open_store
from core.client.parties import Surroundings
from core.client.terminal import Terminal
from tests.process.nod import healthy, nod, running

MOMO = NewPerson("momo", "Momo")


@pytest.fixture
def served(data_folder: Path) -> Iterator[Path]:
    """A data folder whose user-management server runs while the test looks."""
    with running("server", "--data", data_folder) as process:
        healthy(data_folder, "server", process)
        yield data_folder


async def _enrol(data: Path, keys: Path, code: str | None) -> str:
    around = Surroundings(server_address(None, data), keys, open_store(keys))
    terminal = Terminal(around)
    try:
        enrolled = await (
            terminal.enrol_with_code(code, "new screen") if code else terminal.enrol_profile(MOMO, "screen")
        )
    finally:
        await terminal.servers.close()
    return enrolled.code if isinstance(enrolled, Refusal) else enrolled.profile.user_id


def test_a_code_of_the_operator_enrols_one_terminal_of_that_user(served: Path, tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        (tmp_path / name).mkdir(mode=0o700)
    assert asyncio.run(_enrol(served, tmp_path / "first", None)) == "momo"
    made = nod("server", "enrol", "--user", "momo", "--data", served, "--json")
    assert (made.returncode, made.stderr) == (0, "")
    code = json.loads(made.stdout)["code"]
    assert asyncio.run(_enrol(served, tmp_path / "second", code)) == "momo"
    assert asyncio.run(_enrol(served, tmp_path / "third", code)) == "wrong_code"


def test_a_user_whom_nobody_knows_is_one_sentence(served: Path) -> None:
    refused = nod("server", "enrol", "--user", "nobody", "--data", served)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Nobody is registered here as nobody.\n"


@pytest.mark.parametrize("word", ["clients", "contacts"])
def test_an_empty_list_says_so(served: Path, word: str) -> None:
    answer = nod("server", word, "--data", served)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "None yet.\n", "")


@pytest.mark.parametrize("words", [["enrol", "--user", "momo"], ["clients"], ["contacts"]], ids=" ".join)
def test_a_folder_without_a_server_is_one_sentence(data_folder: Path, words: list[str]) -> None:
    refused = nod("server", *words, "--data", data_folder)
    assert refused.returncode == 1
    assert refused.stderr == "No user-management server has used this data folder yet.\n"
    assert list(data_folder.iterdir()) == []
