"""An order that the approver's terminal hands over to be made once more."""

import asyncio
from pathlib import Path

from assistant.commands import Command
from tests.assistant.household import Home, play


def test_an_order_that_is_made_again_is_told_as_a_sentence(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        await home.event("paired")
        session.submit(Command("again", '{"nickname":"Momo","items":[{"id":"milk","quantity":1}]}'))
        assert (await home.event("heard"))["text"] == "Order milk again for Momo."
        assert (await home.event("asked"))["nickname"] == "Momo"
        await home.leave(session, run)

    play(tmp_path, scene)
