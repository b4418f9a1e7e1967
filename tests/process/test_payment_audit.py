"""The operator's look into the payment server's books: sound, tampered with, or not there."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.process.nod import healthy, nod, running


@pytest.fixture
def books(data_folder: Path) -> Iterator[Path]:
    """A data folder whose payment server runs while the test looks."""
    with running("payment", "--data", data_folder) as process:
        healthy(data_folder, "payment", process)
        yield data_folder


def test_sound_books_end_with_0_beside_a_running_server(books: Path) -> None:
    answer = nod("payment", "audit", "--data", books)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Everything holds." in answer.stdout


def test_the_folder_may_be_named_before_the_word_audit(books: Path) -> None:
    answer = nod("payment", "--data", books, "audit", "--json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["sound"] is True


def test_an_entry_put_in_by_hand_ends_with_1(books: Path) -> None:
    with closing(sqlite3.connect(books / "payment.db", isolation_level=None)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "audit_events" in tables
        database.execute(
            "INSERT INTO audit_events (sequence, at, kind, subject, data, writer, batch)"
            " VALUES (1000, 0, 'paid', 'momo', '{}', 'hand', 1)"
        )
    answer = nod("payment", "audit", "--data", books, "--json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["findings"] != []


def test_a_folder_without_books_is_one_sentence(data_folder: Path) -> None:
    answer = nod("payment", "audit", "--data", data_folder)
    assert answer.returncode == 1
    assert answer.stderr == "No payment server has used this data folder yet.\n"
    assert list(data_folder.iterdir()) == []
