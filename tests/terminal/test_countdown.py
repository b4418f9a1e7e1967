"""The countdown: right at every look, whatever the clocks, the machine and the reader's thread do."""

from hypothesis import given
from hypothesis import strategies as st

from core.client.clock import Clock, boot_seconds
from core.presentation.seconds_left import shown_seconds, shown_steps, steps_a_second, until_change_ms
from core.terminal.countdown import Announcements, Countdown, JumpWatch
from tests.clock import FakeClock

seconds = st.floats(0, 400, allow_nan=False)


@given(window=st.floats(5, 300), trip=st.floats(0, 3), passed=seconds)
def test_what_is_left_is_what_the_server_said_less_half_the_trip_and_what_passed(
    window: float, trip: float, passed: float
) -> None:
    steady = FakeClock(1000.0)
    countdown = Countdown(window, trip, steady)
    steady.advance(passed)
    assert abs(countdown.remaining_s() - max(0.0, window - trip - passed)) < 1e-6
    assert countdown.is_over == (steady() >= countdown.ends_steady)


@given(looks=st.lists(st.floats(0, 20), max_size=30))
def test_a_reader_that_was_blocked_or_looks_often_sees_the_same(looks: list[float]) -> None:
    steady = FakeClock(1000.0)
    often, seldom = Countdown(60, 0.1, steady), Countdown(60, 0.1, steady)
    for pause in looks:
        steady.advance(pause)
        often.remaining_s()
    assert often.remaining_s() == seldom.remaining_s()


@given(window=st.floats(5, 300))
def test_the_shown_seconds_change_when_it_is_said_that_they_change(window: float) -> None:
    steady = FakeClock(1000.0)
    countdown = Countdown(window, 0, steady)
    before, wait_ms = countdown.shown_s(), countdown.until_change_ms()
    assert 1 <= wait_ms <= 1000
    steady.advance(max(0, wait_ms - 1.5) / 1000)
    assert countdown.shown_s() == before
    steady.advance(0.002)
    assert countdown.shown_s() == before - 1


@given(left=st.floats(0.01, 300), steps=st.integers(1, 8))
def test_a_ring_moves_when_the_number_changes_and_never_shows_another_second(left: float, steps: int) -> None:
    assert (shown_steps(left, steps) + steps - 1) // steps == shown_seconds(left)
    wait_ms = until_change_ms(left, steps)
    assert 1 <= wait_ms <= 1000 / steps + 1
    assert shown_steps(max(0.0, left - wait_ms / 1000), steps) < shown_steps(left, steps)


def test_a_sum_that_is_off_by_a_hair_shows_no_other_second() -> None:
    assert [shown_seconds(left) for left in (52.0000004, 52.0, 51.9999996)] == [52, 52, 52]
    assert until_change_ms(52.0000004) == 1000


def test_a_line_is_drawn_again_once_it_has_four_pixels_to_go_four_times_a_second_at_most() -> None:
    rates = [steps_a_second(235, window) for window in (5, 15, 30, 60, 300)]
    assert rates == [4, 4, 2, 1, 1]


@given(day=st.floats(-86_400, 86_400))
def test_a_wall_clock_that_is_set_moves_no_countdown(day: float) -> None:
    steady, wall = FakeClock(1000.0), FakeClock()
    clock = Clock(wall, steady)
    countdown = Countdown(60, 0, clock.steady)
    wall.move_to(wall() + day)
    assert countdown.shown_s() == 60


def test_a_sleep_that_the_steady_clock_counts_leaves_the_countdown_over() -> None:
    steady = FakeClock(1000.0)
    countdown = Countdown(60, 0, steady)
    steady.advance(8 * 3600)
    assert (countdown.shown_s(), countdown.is_over) == (0, True)


def test_a_sleep_that_the_steady_clock_missed_is_noticed_once() -> None:
    steady, wall = FakeClock(1000.0), FakeClock()
    watch = JumpWatch(Clock(wall, steady))
    wall.advance(30)
    assert watch.has_jumped()
    assert not watch.has_jumped()


@given(steps=st.lists(st.floats(0, 100), max_size=20))
def test_clocks_that_go_together_are_no_jump(steps: list[float]) -> None:
    steady, wall = FakeClock(1000.0), FakeClock()
    watch = JumpWatch(Clock(wall, steady))
    for step in steps:
        steady.advance(step)
        wall.advance(step + 0.01)
        assert not watch.has_jumped()


def test_the_last_second_is_shown_until_the_end() -> None:
    steady = FakeClock(1000.0)
    countdown = Countdown(2, 0, steady)
    shown = []
    for _ in range(5):
        shown.append(countdown.shown_s())
        steady.advance(0.5)
    assert shown == [2, 2, 1, 1, 0]


def test_thirty_ten_and_five_seconds_are_announced_once_each() -> None:
    announcements = Announcements(60)
    said = [announcements.due(60 - second / 4) for second in range(240)]
    assert [one for one in said if one] == [30, 10, 5]


def test_an_announcement_that_was_slept_through_is_not_made_up_for() -> None:
    announcements = Announcements(60)
    assert announcements.due(7.0) == 10
    assert announcements.due(4.9) == 5
    assert announcements.due(0.0) is None


def test_a_short_window_announces_only_what_it_has() -> None:
    assert Announcements(8).due(7.9) is None


def test_the_systems_steady_clock_only_grows() -> None:
    looks = [boot_seconds() for _ in range(100)]
    assert looks == sorted(looks)
