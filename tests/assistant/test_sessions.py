"""A device that stays: pairing, a server that goes and comes, the parent that leaves."""

import asyncio
import socket
import time
from pathlib import Path

import pytest

from assistant import wiring
from assistant.commands import Command
from assistant.ear_service import NoEars
from assistant.options import Options, place_claim
from assistant.preferences import Preferences, PreferencesFile
from assistant.session import Session
from core.client.clock import Clock
from core.domain.decision import Decision
from core.domain.errors import PlaceRefused
from core.domain.place import PlaceClaim
from core.presentation.formats import instant
from core.wire.messages import PairingView
from tests.assistant.household import CLOCK, Home, play
from tests.assistant.talk import heard


def test_two_people_are_paired_one_after_the_other_and_both_can_be_asked(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        assert (await home.event("paired"))["contacts"] == ["Momo"]
        session.submit(Command("pair"))
        other = await home.another("grandma", "Grandma")
        await other.consent((await home.event("pairing"))["user_code"], "Grandma")
        assert sorted((await home.event("paired"))["contacts"]) == ["Grandma", "Momo"]
        session.submit(Command("say", "buy milk for Momo and bread for Grandma"))
        asked = {event["nickname"]: event for event in [await home.event("asked") for _ in "ab"]}
        await home.approver.decide(Decision.APPROVE, asked["Momo"]["match_code"])
        await other.decide(Decision.DENY)
        ends = {event["id"]: event["outcome"] for event in [await home.event("outcome") for _ in "ab"]}
        assert ends == {asked["Momo"]["id"]: "paid", asked["Grandma"]["id"]: "denied"}
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_device_tells_when_there_is_something_to_cancel_and_when_it_is_gone(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        await home.event("paired")
        session.submit(Command("say", "buy milk for Momo"))
        assert (await home.event("at_work"))["on"] is True
        await home.event("asked")
        session.submit(Command("cancel"))
        assert (await home.event("at_work"))["on"] is False
        assert (await home.event("outcome"))["outcome"] == "withdrawn"
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_device_is_asked_for_its_window_by_name(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        session.submit(Command("show"))
        await home.event("wanted")
        await home.leave(session, run)

    play(tmp_path, scene)


@pytest.mark.parametrize(("locale", "name"), [("en", "Assistant"), ("ja", "アシスタント")])
def test_a_device_calls_itself_by_a_word_of_its_own_language(tmp_path: Path, locale: str, name: str) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options(locale=locale))
        run = asyncio.create_task(session.run())
        code = (await home.event("pairing"))["user_code"]
        seen = await home.approver.terminal.home.look_at_pairing(code)
        assert isinstance(seen, PairingView)
        assert seen.client_name == name
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_refused_pairing_is_said_and_another_code_may_be_asked_for(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        code = (await home.event("pairing"))["user_code"]
        assert await home.approver.terminal.home.refuse_pairing(code) is None
        await home.event("said", lambda said: said["key"] == "pair-refused")
        session.submit(Command("pair"))
        await home.pair()
        await home.event("paired")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_device_that_was_paired_before_does_not_ask_to_be_paired_again(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        for number in range(2):
            session = home.session(home.options())
            run = asyncio.create_task(session.run())
            if number == 0:
                await home.pair()
            assert (await home.event("ready"))["items"] == 12
            await home.leave(session, run)
        assert [event["event"] for event in home.events].count("pairing") == 0

    play(tmp_path, scene)


def test_a_server_that_is_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        session = home.session(home.options(server=url))
        run = asyncio.create_task(session.run())
        since = (await home.event("away"))["since"]
        assert abs(instant(since).timestamp() - time.time()) < 60
        await home.event("said", lambda said: said["key"] == "server-lost")
        session.submit(Command("say", "buy milk for Momo"))
        await home.event("said", lambda said: said["key"] == "kept")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_server_that_goes_during_a_talk_gets_a_sentence_and_the_talk_goes_on(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        await asyncio.to_thread(home.world.close)
        session.submit(Command("say", "buy milk for Momo"))
        end = await home.event("outcome")
        assert (end["outcome"], end["code"]) == ("error", "server_away")
        session.submit(Command("say", "what can I buy"))
        await home.event("said", lambda said: said["key"] == "menu")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_parent_that_leaves_takes_a_waiting_device_with_it(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options(once=True, say="buy milk for Momo"))
        run = asyncio.create_task(session.run())
        await home.event("pairing")
        session.submit(Command("leave"))
        assert await asyncio.wait_for(run, 5) == 1

    play(tmp_path, scene)


def test_chosen_preferences_hold_from_the_next_order_on(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        session.change(Preferences(read_back="always", place="Kitchen"))
        session.submit(Command("say", "buy milk for Momo"))
        await home.event("listening")
        session.submit(Command("say", "yes"))
        await home.event("asked")
        view = await home.approver.decide(Decision.DENY)
        place = view.details.context.place
        assert (place.label, place.source) == ("Kitchen", "reported")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_what_was_chosen_holds_at_the_next_start_where_the_command_line_is_silent(
    tmp_path: Path,
) -> None:
    chosen = Preferences(read_back="always", place="Kitchen", hands_free=True, engine="sphinx")
    setting = wiring.make_setting(Options(data=tmp_path), print, chosen=chosen)
    assert (setting.manners.read_back, setting.engine) == ("always", "sphinx")
    plain = wiring.preferred(Options(data=tmp_path), chosen)
    assert (plain.listen, plain.place) == ("mic", PlaceClaim("Kitchen"))
    given = Options(data=tmp_path, listen="order.wav", place=PlaceClaim("Hall"), engine="whisper")
    assert wiring.preferred(given, chosen) == given
    assert wiring.make_setting(given, print, chosen=chosen).engine == "whisper"
    assert wiring.preferred(Options(data=tmp_path, once=True, say="buy milk"), chosen).listen is None


def test_a_place_that_cannot_be_sent_is_said_and_left_out(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        session.change(Preferences(place="Kit\u202echen"))
        await home.event("said", lambda event: event["key"] == "place-refused")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_who_is_still_speaking_when_the_time_is_over_may_finish(tmp_path: Path) -> None:
    class Busy(NoEars):
        @property
        def is_hearing(self) -> bool:
            return True

    async def scene(home: Home) -> None:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            await CLOCK.sleep(min(seconds, 0.02))

        options = home.options()
        setting = wiring.make_setting(options, home.tell, ears=Busy())
        session = Session(options, wiring.make_link(options, Clock(sleep=sleep)), setting)
        run = asyncio.create_task(session.run())
        await home.pair()
        await home.event("paired")
        session.runner.heard(heard(reason="unsure"), "button")
        await home.event("said", lambda event: event["key"] == "no-answer")
        assert slept.count(setting.manners.spoken_answer_s) == 2
        await home.leave(session, run)

    play(tmp_path, scene)


def test_who_hangs_up_gets_the_order_brought_to_its_end(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        session.submit(Command("say", "how much is milk"))  # before there is a server to ask
        run = asyncio.create_task(session.run())
        await home.event("said", lambda said: said["key"] == "price")
        await home.pair()
        await home.event("paired")
        session.submit(Command("say", "buy milk for Momo"))
        session.submit(Command("hang_up"))
        asked = await home.event("asked")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        assert await run == 0
        assert (await home.event("outcome"))["outcome"] == "paid"

    play(tmp_path, scene)


def test_a_device_that_hears_stays_when_nobody_can_type(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options(listen="mic"))
        run = asyncio.create_task(session.run())
        session.submit(Command("hang_up"))
        await home.pair()
        await home.event("paired")
        session.submit(Command("say", "how much is milk"))
        await home.event("said", lambda said: said["key"] == "price")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_preferences_are_kept_and_a_damaged_file_is_no_obstacle(tmp_path: Path) -> None:
    kept = PreferencesFile(tmp_path, "device")
    assert kept.load() == Preferences()
    kept.save(Preferences(muted=True, volume=30))
    assert kept.load() == Preferences(muted=True, volume=30)
    (tmp_path / "clients" / "device-preferences.json").write_text("{")
    assert kept.load() == Preferences()


def test_a_place_of_the_command_line_is_read_or_refused() -> None:
    assert place_claim(None, None) is None
    assert place_claim("Kitchen", None) == PlaceClaim("Kitchen")
    assert place_claim("Kitchen", "35.6,139.7") == PlaceClaim("Kitchen", 35.6, 139.7)
    assert place_claim("Kitchen", "35.6,139.7,30") == PlaceClaim("Kitchen", 35.6, 139.7, 30.0)
    for label, at in ((None, "1,2"), ("Kitchen", "1"), ("Kitchen", "a,b"), ("Kitchen", "91,0"), ("", None)):
        with pytest.raises(PlaceRefused):
            place_claim(label, at)
    with pytest.raises(PlaceRefused):
        place_claim("Kit\u202echen", "nan,0")


def test_a_window_may_tell_a_session_to_leave_that_has_left(tmp_path: Path) -> None:
    kept: list[Session] = []

    async def scene(home: Home) -> None:
        kept.append(home.session(home.options(once=True, say="buy milk for Momo")))

    play(tmp_path, scene)
    kept[0].submit(Command("leave"))
    kept[0].change(Preferences())
