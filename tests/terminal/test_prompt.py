"""The prompt's rules: what can never decide, and that nobody is locked out of deciding."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.decision import Decision, Presence, Reason
from core.domain.request import State
from core.terminal.prompt import CAP_S, PIN_TRIES, QUIET_S, Complaint, Phase, Press, Prompt

T0 = 1000.0
ENDS = T0 + 60


def fresh(**members: object) -> Prompt:
    return Prompt("req_1", ENDS, **members)  # type: ignore[arg-type]


def armed(**members: object) -> tuple[Prompt, float]:
    return fresh(**members).shown(T0, active=True), T0 + QUIET_S


def do(prompt: Prompt, action: str, now: float) -> tuple[Prompt, Press | None]:
    """One thing that a stray hand may do."""
    match action:
        case "key":
            return prompt.stray(now), None
        case "click":
            return prompt.clicked_while_inactive(now) if not prompt.is_active else prompt.stray(now), None
        case "code":
            return prompt.typed_code("47", now), None
        case "move":
            return prompt.moved(now), None
        case "leave":
            return prompt.deactivated(), None
        case "return":
            return prompt.stray(now) if prompt.is_active else prompt.activated(now), None
    return prompt.press(Decision(action), now)


ACTIONS = st.sampled_from(
    ["key", "click", "code", "move", "leave", "return", "approve", "deny", "report"],
)
HASTY = st.lists(st.tuples(ACTIONS, st.floats(0, QUIET_S - 0.01)), max_size=40)


@given(hasty=HASTY, active=st.booleans())
def test_no_hands_quicker_than_the_quiet_time_decide_anything(
    hasty: list[tuple[str, float]], active: bool
) -> None:
    prompt, now = fresh(code_digits=2).shown(T0, active=active), T0
    for action, pause in hasty:
        now = min(now + pause, T0 + CAP_S - 0.01)
        prompt, wanted = do(prompt, action, now)
        assert wanted is None
        assert prompt.phase(now) in (Phase.ARMING, Phase.DISARMED)


@given(pauses=st.lists(st.floats(0.001, QUIET_S - 0.01), min_size=5, max_size=2000))
def test_stray_keys_cannot_starve_the_prompt_beyond_the_cap(pauses: list[float]) -> None:
    prompt, now = fresh().shown(T0, active=True), T0
    for pause in pauses:
        now += pause
        prompt = prompt.stray(now)
        assert prompt.arms_at <= T0 + CAP_S
    late = max(now, T0 + CAP_S)
    if late < ENDS:
        assert prompt.phase(late) is Phase.ARMED


def test_a_prompt_that_appears_takes_no_focus_and_its_first_click_only_activates() -> None:
    prompt = fresh().shown(T0)
    assert prompt.phase(T0 + 30) is Phase.DISARMED
    prompt, wanted = prompt.press(Decision.APPROVE, T0 + 30)
    assert wanted is None
    assert prompt.phase(T0 + 30) is Phase.ARMING
    assert prompt.phase(T0 + 30 + QUIET_S) is Phase.ARMED


def test_an_armed_prompt_sends_what_was_typed() -> None:
    prompt, now = armed(code_digits=2)
    prompt = prompt.typed_code(" 4 7x9", now)
    prompt, wanted = prompt.press(Decision.APPROVE, now)
    assert wanted is not None
    assert (wanted.decision, wanted.match_code, wanted.pin) == (Decision.APPROVE, "47", None)
    assert wanted.shown_ms == 700
    assert prompt.phase(now) is Phase.DECIDING


def test_a_press_while_deciding_does_nothing() -> None:
    prompt, now = armed()
    prompt, _ = prompt.press(Decision.APPROVE, now)
    prompt, again = prompt.press(Decision.DENY, now + 1)
    assert again is None
    assert prompt.phase(now + 1) is Phase.DECIDING


def test_an_approval_needs_its_code() -> None:
    prompt, now = armed(code_digits=2)
    prompt, wanted = prompt.typed_code("4", now).press(Decision.APPROVE, now)
    assert (wanted, prompt.complaint) == (None, Complaint.CODE_MISSING)


def test_a_refusal_needs_neither_code_nor_pin_and_carries_its_reason() -> None:
    prompt, now = armed(code_digits=2, presence=Presence.PIN)
    _, wanted = prompt.typed_code("47", now).press(Decision.DENY, now, Reason.NOT_NOW)
    assert wanted is not None
    assert (wanted.match_code, wanted.pin, wanted.reason) == (None, None, Reason.NOT_NOW)


def test_what_is_in_trouble_can_be_refused_and_not_approved() -> None:
    prompt, now = armed(can_approve=False)
    assert not prompt.may_approve(now)
    refused, wanted = prompt.press(Decision.APPROVE, now)
    assert (wanted, refused.complaint) == (None, Complaint.CANNOT_APPROVE)
    assert prompt.press(Decision.REPORT, now)[1] is not None


def test_a_wrong_pin_arms_anew_and_five_of_them_leave_only_a_refusal() -> None:
    prompt, now = armed(presence=Presence.PIN)
    for _ in range(PIN_TRIES):
        prompt, wanted = prompt.typed_pin("1111", now).press(Decision.APPROVE, now)
        assert wanted is not None
        prompt = prompt.pin_was_wrong(now)
        assert prompt.pin == ""
        assert prompt.phase(now) is Phase.ARMING
        now += QUIET_S
    prompt, wanted = prompt.typed_pin("2580", now).press(Decision.APPROVE, now)
    assert (wanted, prompt.complaint) == (None, Complaint.PIN_LOCKED)
    assert not prompt.may_approve(now)
    assert prompt.press(Decision.DENY, now)[1] is not None


def test_a_pin_that_the_server_demands_is_asked_for_after_all() -> None:
    prompt, now = armed()
    prompt, _ = prompt.press(Decision.APPROVE, now)
    prompt = prompt.pin_is_needed(now)
    assert (prompt.presence, prompt.complaint) == (Presence.PIN, Complaint.PIN_MISSING)


def test_expiry_takes_every_button_away_without_any_tick() -> None:
    prompt, _ = armed()
    assert prompt.phase(ENDS) is Phase.EXPIRED
    assert not prompt.may_approve(ENDS)
    assert prompt.press(Decision.APPROVE, ENDS)[1] is None


def test_a_decision_on_its_way_waits_for_its_answer_beyond_the_end() -> None:
    prompt, now = armed()
    prompt, _ = prompt.press(Decision.APPROVE, now)
    assert prompt.phase(ENDS + 5) is Phase.DECIDING
    assert prompt.ended(State.APPROVED).phase(ENDS + 5) is Phase.DECIDED


def test_leaving_minimising_and_moving_disarm() -> None:
    prompt, now = armed()
    assert prompt.phase(now) is Phase.ARMED
    assert prompt.deactivated().phase(now) is Phase.DISARMED
    assert prompt.hidden().phase(now) is Phase.HIDDEN
    assert prompt.moved(now).phase(now) is Phase.ARMING


def test_a_prompt_put_aside_forgets_what_was_typed() -> None:
    prompt, now = armed(code_digits=2, presence=Presence.PIN)
    prompt = prompt.typed_code("47", now).typed_pin("2580", now).hidden()
    assert (prompt.code, prompt.pin) == ("", "")


def test_a_key_that_was_meant_for_no_control_disarms_for_a_moment() -> None:
    prompt, now = armed()
    prompt = prompt.stray(now)
    assert prompt.phase(now + QUIET_S / 2) is Phase.ARMING
    assert prompt.phase(now + QUIET_S) is Phase.ARMED


def test_how_it_ended_is_the_servers_word() -> None:
    prompt, now = armed(code_digits=2)
    assert prompt.ended(State.WITHDRAWN).phase(now) is Phase.WITHDRAWN
    assert prompt.ended(State.EXPIRED).phase(now) is Phase.EXPIRED
    denied = prompt.ended(State.DENIED, Reason.WRONG_MATCH_CODE)
    assert (denied.phase(now), denied.reason) == (Phase.DECIDED, Reason.WRONG_MATCH_CODE)
    assert prompt.ended(State.PENDING) is prompt


def test_nothing_that_was_typed_is_in_its_text_form() -> None:
    prompt, now = armed(code_digits=2, presence=Presence.PIN)
    prompt = prompt.typed_code("47", now).typed_pin("2580", now)
    _, wanted = prompt.press(Decision.APPROVE, now)
    assert "47" not in repr(prompt) + repr(wanted)
    assert "2580" not in repr(prompt) + repr(wanted)
