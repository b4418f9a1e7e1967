"""Pairing a device from the text terminal: look who it is, then consent in one step.

A line on a terminal is consent enough: the person typed the device's code. The window asks with a page.
"""

from core.client.answer import Refusal
from core.domain.errors import DomainError
from core.domain.text_gate import NAME_LENGTH, pass_gate
from core.terminal.commands import Pair
from core.terminal.session import Session
from core.terminal.telling import Teller, Telling
from core.wire.messages import Consent, Profile


async def pair(session: Session, command: Pair, teller: Teller) -> Telling:
    """Pairs the device that shows the code.

    Args:
        session: an enrolled session.
        command: the code, and the nickname by which the device shall ask; without it the profile's own.
        teller: finds the words.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    if not session.terminal.user_id:
        return teller.error("not_enrolled")
    seen = await session.home.look_at_pairing(command.code)
    if isinstance(seen, Refusal):
        return teller.refusal(seen)
    profile = session.profile or await session.home.profile()
    if not isinstance(profile, Profile):
        return teller.refusal(profile)
    nickname = command.nickname or profile.nickname
    spoken_as = None if command.nickname else profile.spoken_as
    name = _device_name(seen.client_name, teller)
    device = await session.home.consent(command.code, Consent(nickname, name, None, spoken_as))
    if isinstance(device, Refusal):
        return teller.refusal(device, nickname)
    sentence = teller.texts.say("terminal-paired", device=device.name, nickname=device.nickname)
    return Telling("paired", device.client_id, sentence, {"name": device.name, "nickname": device.nickname})


def _device_name(claimed: str, teller: Teller) -> str:
    try:
        return pass_gate(claimed, NAME_LENGTH)
    except DomainError:
        return teller.texts.say("terminal-device-name")
