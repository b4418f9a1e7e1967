"""A signal ends a process cleanly, also one that sits inside Qt, and a child notices a killed parent."""

import signal
import subprocess
import sys

import pytest

from core.roles.leaving import Leaving
from tests.house.sources import TOP

WAITING = """
from core.roles.leaving import Leaving
leaving = Leaving()
leaving.on_signals()
print("ready", flush=True)
leaving.wait()
print("left")
"""
IN_QT = """
from PySide6.QtCore import QCoreApplication
from core.roles.leaving import Leaving, QtWaker
application = QCoreApplication([])
leaving = Leaving()
leaving.on_signals()
waker = QtWaker(leaving, application.quit)
print("ready", flush=True)
application.exec()
waker.close()
print("left")
"""
AT_ANY_INSTRUCTION = """
import signal, sys
from core.roles.leaving import Leaving

def trip(at):
    left = [at]
    def trace(frame, event, argument):
        frame.f_trace_opcodes = True
        if event == "opcode":
            left[0] -= 1
            if left[0] == 0:
                signal.raise_signal(signal.SIGTERM)
        return trace
    leaving = Leaving()
    leaving.on_signals()
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    sys.settrace(trace)
    leaving.wait()
    sys.settrace(None)
    return left[0] <= 0

def past_the_last(*_):
    sys.settrace(None)
    signal.raise_signal(signal.SIGHUP)

signal.signal(signal.SIGALRM, past_the_last)
print("ready", flush=True)
at = 1
while trip(at):
    at += 1
print("left" if at > 5 else at)
"""
CHILD = """
from core.roles.leaving import Leaving
leaving = Leaving()
leaving.on_end_of_input()
print("ready", flush=True)
leaving.wait()
print("left")
"""


def _start(program: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", program],
        cwd=TOP,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.parametrize("program", [WAITING, IN_QT], ids=["waiting", "in-qt"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda one: one.name)
def test_a_signal_ends_the_process_cleanly(program: str, number: signal.Signals) -> None:
    with _start(program) as child:
        child.send_signal(number)
        assert child.communicate(timeout=20) == ("left\n", "")
    assert child.returncode == 0


def test_a_signal_between_any_two_instructions_of_the_wait_ends_it() -> None:
    with _start(AT_ANY_INSTRUCTION) as child:
        try:
            assert child.communicate(timeout=20) == ("left\n", "")
        finally:
            child.kill()


def test_a_child_outlives_ctrl_c_and_leaves_when_its_parent_is_gone() -> None:
    with _start(CHILD) as child:
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)  # closes its standard input, as a killed parent does
    assert (out, err, child.returncode) == ("left\n", "", 0)


def test_asking_twice_is_asking_once() -> None:
    leaving = Leaving()
    assert not leaving.wait(0)
    leaving.ask()
    leaving.ask()
    assert leaving.is_asked
