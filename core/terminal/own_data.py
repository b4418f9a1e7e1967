"""A person's own data from the text terminal: their code for devices, a copy, and leaving for good."""

import asyncio
from pathlib import Path

from core.client.answer import Refusal
from core.terminal.commands import DeleteMyData, Export, UserCode
from core.terminal.own_copy import collect, write
from core.terminal.session import Session
from core.terminal.telling import Teller, Telling
from core.wire.messages import ProfileChange


async def set_user_code(session: Session, command: UserCode, teller: Teller) -> Telling:
    """Sets the code that a device must bring (CIBA Core 1.0 section 7.1), or removes it.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    if not session.terminal.user_id:
        return teller.error("not_enrolled")
    answer = await session.change_profile(ProfileChange(user_code=command.code))
    if isinstance(answer, Refusal):
        return teller.refusal(answer)
    name = "user_code_set" if answer.has_user_code else "user_code_removed"
    return Telling(name, answer.user_id, teller.texts.say(f"terminal-{name.replace('_', '-')}"))


async def export(session: Session, command: Export, teller: Teller) -> Telling:
    """Writes a copy of everything that the server keeps about the person.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    if not session.terminal.user_id:
        return teller.error("not_enrolled")
    copy, path = await collect(session.home), Path(command.file).expanduser()
    if isinstance(copy, Refusal):
        return teller.refusal(copy)
    if not await asyncio.to_thread(write, copy, path):
        return teller.error("cannot_write", str(path))
    sentence = teller.texts.say("terminal-exported", file=str(path))
    return Telling("exported", copy.profile.user_id, sentence, {"file": str(path)})


async def delete_my_data(session: Session, command: DeleteMyData, teller: Teller) -> Telling:
    """Deletes everything about the person; the user ID that was typed is the confirmation.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    user_id = session.terminal.user_id
    if not user_id:
        return teller.error("not_enrolled")
    refusal = await session.delete_person(command.user_id, command.pin or None)
    if refusal is not None:
        return teller.refusal(refusal, user_id)
    return Telling("deleted", user_id, teller.texts.say("terminal-deleted", user=user_id))
