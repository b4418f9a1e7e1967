"""One prompt at a time: no request is lost, doubled, or pushed away while somebody reads it."""

from hypothesis import given
from hypothesis import strategies as st

from core.terminal.queue import PromptQueue

NAMES = st.sampled_from(["a", "b", "c", "d"])
STEPS = st.lists(st.tuples(st.sampled_from(["add", "remove", "put_aside", "open"]), NAMES), max_size=40)


@given(STEPS)
def test_every_pending_request_is_in_exactly_one_place(steps: list[tuple[str, str]]) -> None:
    queue, pending = PromptQueue(), set[str]()
    for step, name in steps:
        before = queue.current
        queue = getattr(queue, step)(name)
        if step == "add":
            pending.add(name)
            assert before is None or queue.current == before
        if step == "remove":
            pending.discard(name)
        places = [*queue.waiting, *queue.aside, *([queue.current] if queue.current else [])]
        assert sorted(places) == sorted(pending)
        assert queue.count == len(pending)
        assert queue.current is not None or not queue.waiting


def test_first_come_first_asked() -> None:
    queue = PromptQueue().add("a").add("b").add("c")
    assert (queue.current, queue.waiting) == ("a", ("b", "c"))
    assert queue.remove("a").current == "b"


def test_what_is_put_aside_comes_back_only_when_opened() -> None:
    queue = PromptQueue().add("a").add("b").put_aside("a")
    assert (queue.current, queue.aside) == ("b", ("a",))
    assert queue.remove("b").current is None
    assert queue.open("a") == PromptQueue("a", ("b",), ())
