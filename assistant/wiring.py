"""Puts the device together; read this and you have seen every dependency of it."""

import asyncio
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.commands import Command, follow
from assistant.console import console
from assistant.conversation import Manners
from assistant.ear_service import Ears, EarService, NoEars
from assistant.linking import Link
from assistant.options import Options
from assistant.playback import Player
from assistant.preferences import Preferences, PreferencesFile
from assistant.remembered import Memory
from assistant.runner import Setting
from assistant.session import MICROPHONE, Session
from assistant.sources.gate import Gate
from assistant.speak import Speaker
from assistant.synthesis import KANA_ONLY
from assistant.telling import Event, Tell, json_lines
from assistant.voice import NoVoice, Voice
from core.client.addresses import server_address
from core.client.clock import Clock, boot_seconds
from core.client.device import Device
from core.client.key_store import open_store
from core.client.parties import Surroundings
from core.texts.catalog import Texts

IDENTITY = "device"


def run(options: Options) -> int:
    """Plays the AI device until it is told to leave, or with `once` until its one utterance is settled.

    Returns:
        The exit status of DESIGN.md section 6.

    Raises:
        AddressRefused: `server` is no address that Nod calls.
        KeyUnreadable: the key or identity in the data folder cannot be used.
    """
    if options.has_window:
        try:
            from assistant.face.app import can_show, show

            if can_show():
                return show(options, outlet(options), live)
        except ImportError:  # Qt's libraries are not all here
            pass
        options = replace(options, face="console")
    with asyncio.Runner() as loop:
        return loop.run(live(options, outlet(options)))


def outlet(options: Options) -> Tell:
    """What standard output gets."""
    return json_lines() if options.json else console(Texts(options.locale))


async def live(options: Options, tell: Tell, meet: Callable[[Session], None] = lambda _: None) -> int:
    """One run in the current loop.

    Args:
        options: how the device is started.
        tell: takes the events.
        meet: gets the session before it starts; its `submit` and `change` may be called from any thread.
    """
    chosen = PreferencesFile(options.data, IDENTITY).load()
    options = preferred(options, chosen)
    gate = Gate(boot_seconds)
    voice = make_voice(options, chosen, tell, gate)
    ears = make_ears(options, tell, gate, chosen.engine)
    setting, session = make_setting(options, tell, voice, ears, chosen), None

    def voice_of(changed: Options) -> Voice:
        return make_voice(changed, PreferencesFile(options.data, IDENTITY).load(), tell, gate)

    try:
        session = Session(options, make_link(options), setting, voice_of)
        if isinstance(ears, EarService):
            ears.connect(session.runner.heard, session.missed)
        _follow_input(options, session.submit)
        _leave_on_signals(options, session.submit)
        meet(session)
        return await session.run()
    finally:
        ears.close()
        (session.setting.voice if session is not None else voice).close()


def preferred(options: Options, chosen: Preferences) -> Options:
    """What the command line leaves open is as it was chosen in the settings."""
    is_free = options.listen is None and not options.once and chosen.hands_free
    return replace(
        options,
        place=options.place or chosen.place_claim(),
        listen=MICROPHONE if is_free else options.listen,
    )


def make_link(options: Options, clock: Clock | None = None) -> Link:
    """The way to the servers.

    Raises:
        AddressRefused, KeyUnreadable: as `run`.
    """
    around = Surroundings(
        server_address(options.server, options.data, options.enrol),
        options.data,
        open_store(options.data),
        clock or Clock(),
    )
    memory = Memory(options.data, IDENTITY)
    name = options.name or Texts(options.locale).say("device-name")
    return Link(Device(around, IDENTITY), memory, name, options.locale)


def make_setting(
    options: Options,
    tell: Tell,
    voice: Voice | None = None,
    ears: Ears | None = None,
    chosen: Preferences | None = None,
) -> Setting:
    """Language and manners, with a voice and ears: none where none are given."""
    chosen = chosen or Preferences()
    return Setting(
        texts=Texts(options.locale),
        voice=voice or NoVoice(),
        tell=tell,
        manners=Manners(chosen.read_back, options.once),
        ears=ears or NoEars(),
        place=options.place,
        engine=options.engine or chosen.engine,
        window_s=options.window_s,
    )


def make_ears(options: Options, tell: Tell, gate: Gate, engine: str = "") -> Ears:
    """Ears where a microphone can be wanted; to be called in the loop that `tell` belongs to."""
    is_talked_to = options.is_child or not (options.once or options.json)
    if options.listen == MICROPHONE or is_talked_to:
        return EarService(options.engine or engine, gate, tell, allow_network=options.allow_network)
    return NoEars()


def make_voice(options: Options, chosen: Preferences, tell: Tell, gate: Gate) -> Voice:
    """The voice, or none when muted; to be called in the loop that `tell` belongs to."""
    if options.mute:
        return NoVoice()
    loop = asyncio.get_running_loop()
    tone = chosen.tone(options.locale)
    key = "no-japanese-voice" if tone.voice == KANA_ONLY else "no-voice"
    trouble: Event = {"event": "said", "key": key, "text": Texts(options.locale).say(f"device-{key}")}

    def soon(event: Event) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(tell, event)

    @contextlib.contextmanager
    def while_speaking() -> Iterator[None]:
        soon({"event": "speaking", "on": True})
        try:
            with gate.speaking():
                yield
        finally:
            soon({"event": "speaking", "on": False})

    speaker = Speaker(tone, Player(), while_speaking=while_speaking, on_trouble=lambda: soon(trouble))
    speaker.change(tone, muted=chosen.muted)
    return speaker


def _follow_input(options: Options, submit: Callable[[Command], None]) -> None:
    """Standard input belongs to the parent, or to who types; with `--once` and no parent to nobody."""
    has_order = options.say is not None or options.listen is not None
    if options.is_child or not (options.has_window or options.listen == "-" or (options.once and has_order)):
        follow(sys.stdin.fileno(), submit, is_child=options.is_child)


def _leave_on_signals(options: Options, submit: Callable[[Command], None]) -> None:
    """TERM, INT and HUP mean leave; a child leaves INT to its parent, which gets it too."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if number == signal.SIGINT and options.is_child:
            signal.signal(number, signal.SIG_IGN)
        else:
            loop.add_signal_handler(number, submit, Command("leave"))
