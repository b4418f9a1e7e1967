"""What holds for every source file: its length, its words to a new reader, and what must not stand in it."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import is_product, name_of, python_files, tracked_files, tree_of

FILE_LINES = 300
FUNCTION_LINES = 45
Function = ast.FunctionDef | ast.AsyncFunctionDef

SLEEPERS = {"tests/waiting.py"}
"""Test files that may let real time pass: the one that looks again until another process is ready."""


def _functions() -> Iterator[tuple[str, Function]]:
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, Function):
                yield name_of(path), node


def test_no_file_is_longer_than_300_lines() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in long.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_45_lines() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, node in _functions()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_every_module_opens_with_a_paragraph_for_a_new_reader() -> None:
    assert [name_of(path) for path in python_files() if not ast.get_docstring(tree_of(path))] == []


def _public(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.ClassDef | Function]]:
    for node in body:
        if not isinstance(node, (ast.ClassDef, Function)) or node.name.startswith("_"):
            continue
        yield owner + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{owner}{node.name}.")


OF_QT = {"paint", "event", "accept", "reject", "done", "data", "flags"}
"""Qt's overridables whose names are one small word."""


def _speaks_for_itself(node: ast.ClassDef | Function) -> bool:
    """Qt's overridables (camel case), overrides and setters are described where they are declared."""
    if isinstance(node, ast.ClassDef):
        return False
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    of_qt = node.name != node.name.lower() or node.name in OF_QT
    return of_qt or bool(marks & {"override", "overload", "setter"})


def test_every_public_name_says_what_it_is() -> None:
    silent = [
        f"{name_of(path)}:{node.lineno} {name}"
        for path in python_files()
        if is_product(path)
        for name, node in _public(tree_of(path).body)
        if not ast.get_docstring(node) and not _speaks_for_itself(node)
    ]
    assert silent == []


def _is_wait(call: ast.Call) -> bool:
    words = ast.unparse(call.func)
    if words in {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep"}:
        return True
    return words in {"asyncio.sleep", "anyio.sleep"} and [ast.unparse(word) for word in call.args] != ["0"]


def test_no_test_lets_time_pass_and_hopes() -> None:
    waits = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        if name_of(path).startswith("tests/") and name_of(path) not in SLEEPERS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and _is_wait(node)
    ]
    assert waits == []


S = "/"
OF_A_MACHINE = {
    "a folder of the machine it was written on": rf"(?<![\w.]){S}(?:work{S}|root\b|home{S}\w)",
    "the host of a package registry": "|".join(
        ["python" + "hosted", "pypi" + r"\.org", "registry" + r"\.npm", "deb" + r"\.debian\.org"]
    ),
}


@pytest.mark.parametrize("what", OF_A_MACHINE)
def test_no_tracked_file_names(what: str) -> None:
    pattern = re.compile(OF_A_MACHINE[what])
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{name_of(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_no_document_names_a_temporary_folder() -> None:
    documents = [path for path in tracked_files() if path.suffix == ".md"]
    assert [name_of(path) for path in documents if f"{S}tmp" in path.read_text(encoding="utf-8")] == []


def test_no_comment_promises_to_do_it_later() -> None:
    later = re.compile("#.*" + r"\b(?:" + "TO" + "DO|FIX" + r"ME)\b")
    assert [name_of(path) for path in python_files() if later.search(path.read_text(encoding="utf-8"))] == []
