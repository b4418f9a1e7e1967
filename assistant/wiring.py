"""Puts the device together; read this and you have seen every dependency of it."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable

from assistant.commands import Command, follow
from assistant.conversation import Manners
from assistant.linking import Link
from assistant.options import Options
from assistant.playback import Player
from assistant.remembered import Memory
from assistant.runner import Setting
from assistant.session import Session
from assistant.speak import Speaker
from assistant.synthesis import VOICES, Tone
from assistant.telling import Tell, json_lines, sentences
from assistant.voice import NoVoice, Voice
from core.client.addresses import server_address
from core.client.clock import Clock
from core.client.device import Device
from core.client.key_store import open_store
from core.client.parties import Surroundings
from core.texts.catalog import Texts

IDENTITY = "device"
TYPED_ANSWER_S = 60.0
"""Seconds to answer a question by typing."""
SPOKEN_ANSWER_S = 6.0
"""Seconds to answer a question by voice."""


def run(options: Options) -> int:
    """Plays the AI device until it is told to leave, or with `once` until its one utterance is settled.

    Returns:
        The exit status of DESIGN.md section 6.

    Raises:
        AddressRefused: `server` is no address that Nod calls.
        KeyUnreadable: the key or identity in the data folder cannot be used.
    """
    with asyncio.Runner() as loop:
        return loop.run(_live(options, json_lines() if options.json else sentences()))


async def _live(options: Options, tell: Tell) -> int:
    setting = make_setting(options, tell, make_voice(options, tell))
    try:
        session = Session(options, make_link(options), setting)
        _follow_input(options, session.submit)
        _leave_on_signals(session.submit)
        return await session.run()
    finally:
        setting.voice.close()


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
    return Link(Device(around, IDENTITY), memory, options.name, options.locale)


def make_setting(options: Options, tell: Tell, voice: Voice | None = None) -> Setting:
    """Language, manners, and a voice: none where none is given."""
    by_voice = options.listen == "mic"
    return Setting(
        Texts(options.locale),
        voice or NoVoice(),
        tell,
        Manners(options.read_back, options.once, SPOKEN_ANSWER_S if by_voice else TYPED_ANSWER_S),
        options.place,
        options.window_s,
    )


def make_voice(options: Options, tell: Tell) -> Voice:
    """The voice, or none when muted; to be called in the loop that `tell` belongs to."""
    if options.mute:
        return NoVoice()
    loop = asyncio.get_running_loop()
    trouble = {"event": "said", "key": "no-voice", "text": Texts(options.locale).say("device-no-voice")}

    def on_trouble() -> None:
        with contextlib.suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(tell, trouble)

    return Speaker(Tone(VOICES[options.locale]), Player(), on_trouble=on_trouble)


def _follow_input(options: Options, submit: Callable[[Command], None]) -> None:
    """Standard input belongs to the parent, or to who types; with `--once` and no parent to nobody."""
    if options.is_child or not (options.once or options.listen == "-"):
        follow(sys.stdin.fileno(), submit, is_child=options.is_child)


def _leave_on_signals(submit: Callable[[Command], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, submit, Command("leave"))
