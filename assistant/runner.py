"""Runs the device: turns what is heard into events of the conversation, and carries out its effects.

One asyncio loop does everything; only `submit` may be called from other threads.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import reporting
from assistant.conversation import (
    Ask,
    AskCame,
    By,
    Close,
    Conversation,
    Effect,
    Event,
    Failed,
    GetQuote,
    HeardLine,
    Listen,
    Manners,
    NoAnswer,
    QuoteCame,
    ReadBack,
    Refresh,
    RequestEnded,
    Say,
    Wait,
    Withdraw,
)
from assistant.dialogue import step
from assistant.ear_service import Ears, NoEars
from assistant.ears.interface import Action, Heard
from assistant.known import Known
from assistant.linking import Link, LinkRefused
from assistant.phrases import phrase
from assistant.telling import Tell
from assistant.translating import translated
from assistant.understand import Reader
from assistant.voice import Voice
from core.client.answer import Refusal
from core.client.asking import Asked
from core.client.errors import ClientError
from core.domain.outcome import Outcome
from core.domain.place import PlaceClaim
from core.domain.text_gate import spoken_form
from core.texts.catalog import Texts
from core.wire.messages import OrderLine


@dataclass(frozen=True, slots=True)
class Setting:
    """What a runner is given beside its link."""

    texts: Texts
    """The device's language."""
    voice: Voice
    """What speaks."""
    tell: Tell
    """Takes the events."""
    manners: Manners
    """How it talks."""
    ears: Ears = field(default_factory=NoEars)
    """What listens."""
    place: PlaceClaim | None = None
    """Where it says that it is."""
    engine: str = ""
    """Which ear listens; empty for the best that works here."""
    window_s: int | None = None
    """Seconds for the approver to decide; None leaves it to the profile."""


class Runner:
    """One device at work."""

    def __init__(self, link: Link, setting: Setting) -> None:
        self._link = link
        self._setting = setting
        self._steady = link.device.clock.steady
        self._talk = Conversation(setting.manners)
        self._reader: Reader | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed: list[Close] = []
        """Every errand that ended, in order."""
        self.changed = asyncio.Event()
        """Set whenever an errand ended."""

    @property
    def known(self) -> Known:
        """What the device knows now."""
        return self._talk.known

    @property
    def is_busy(self) -> bool:
        """Whether an errand is open."""
        return bool(self._talk.errands)

    @property
    def can_cancel(self) -> bool:
        """Whether there is anything that `cancel` would end."""
        return self.has_question or any(not one.is_cancelled for one in self._talk.errands)

    @property
    def has_question(self) -> bool:
        """Whether the device waits for an answer."""
        return self._talk.question is not None

    async def learn(self, known: Known, *, is_anew: bool = False) -> None:
        """Takes over what the servers told; builds the reader's templates off the loop."""
        vocabulary = known.vocabulary(self._setting.texts.locale)
        if is_anew or self._reader is None or vocabulary != self.known.vocabulary(self._setting.texts.locale):
            self._reader = await asyncio.to_thread(Reader, vocabulary)
        self._talk = replace(self._talk, known=known)
        self._setting.ears.know(known.vocabulary(self._setting.texts.locale))

    async def speak_in(self, texts: Texts, voice: Voice, name: str) -> None:
        """Goes on in another language, with what is open, and says again what it said last.

        Args:
            texts: the language.
            voice: what speaks it.
            name: what the device is called by its command line; empty for its language's word.
        """
        self._link.speak(texts.locale, name or texts.say("device-name"))
        known = self._link.in_language(self.known)
        self._setting = replace(self._setting, texts=texts, voice=voice)
        self._talk = translated(self._talk, known)
        self._setting.tell({"event": "language", "locale": texts.locale})
        await self.learn(known, is_anew=True)
        hello = tuple(Say("hello", {"nickname": person.text}) for person in known.people[:1])
        for said in self._talk.said or hello:
            self._say(said)

    def change(self, *, read_back: ReadBack, place: PlaceClaim | None) -> None:
        """Changes manners and place from the next order on."""
        manners = replace(self._talk.manners, read_back=read_back)
        self._talk = replace(self._talk, manners=manners)
        self._setting = replace(self._setting, place=place)

    def say(self, key: str, **values: str | int | tuple[str, ...]) -> None:
        """Says a sentence of the device's own."""
        self._say(Say(key, values))

    async def typed(self, line: str) -> None:
        """Takes a typed line."""
        if self._reader is None:
            await self.learn(self.known)
        reader = self._reader
        assert reader is not None  # noqa: S101 - learn made it
        self.heard(await asyncio.to_thread(reader.read, line), "text", line)

    def heard(self, what: Heard, by: By, line: str | None = None) -> None:
        """Takes an utterance that a reader or an ear has read."""
        self._setting.tell(reporting.heard(line, what, self.known))
        self.take(HeardLine(what, by, self._steady()))

    def end_with_nothing(self, code: str, outcome: Outcome = Outcome.NOT_UNDERSTOOD) -> None:
        """Nothing could be heard: that ends a `--once` run."""
        self._carry_out(Close(None, outcome, code))

    def cancel(self) -> None:
        """Cancels, as by the button."""
        what = Heard(Action.CANCEL, "button", 0.0, 0.0, confidence=1.0)
        self.take(HeardLine(what, "button", self._steady()))

    def take(self, event: Event) -> None:
        """Feeds the conversation and carries out what it wants."""
        before, could_cancel = self._talk, self.can_cancel
        self._talk, effects = step(before, event)
        if isinstance(event, QuoteCame) and (errand := before.errand(event.errand)):
            self._setting.tell(reporting.quoted(errand, event.amount))
        if isinstance(event, AskCame):
            self._setting.tell(reporting.asked(before.errand(event.errand), event.asked))
        if self.has_question != (before.question is not None):
            self._setting.ears.expect(answer=self.has_question)
        if self.can_cancel != could_cancel:
            self._setting.tell({"event": "at_work", "on": self.can_cancel})
        for effect in effects:
            self._carry_out(effect)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Say():
                self._say(effect)
            case Close():
                self.closed.append(effect)
                self._setting.tell(reporting.outcome(effect))
                self.changed.set()
            case GetQuote():
                self._start(self._get_quote(effect))
            case Ask():
                self._start(self._ask(effect))
            case Wait():
                self._start(self._wait(effect))
            case Withdraw():
                self._start(self._withdraw(effect))
            case Listen():
                self._start(self._listen(effect))
            case Refresh():
                self._start(self._refresh())

    def _say(self, said: Say) -> None:
        words = phrase(said, self.known, self._setting.texts)
        self.speak(said.key, words.shown, words.spoken)

    def speak(self, key: str, shown: str, spoken: str | None = None) -> None:
        """Shows and says a sentence that is in words already, as what a source of sound complains of."""
        self._setting.tell({"event": "said", "key": key, "text": shown})
        self._setting.voice.say(spoken or spoken_form(shown))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            asyncio.get_running_loop().call_exception_handler({"message": "device", "exception": error})

    async def _get_quote(self, wanted: GetQuote) -> None:
        try:
            lines = tuple(OrderLine(article, quantity) for article, quantity in wanted.lines)
            found = await self._link.device.quote(lines, self._setting.texts.locale)
        except ClientError as error:
            return self.take(Failed(wanted.errand, "quote", error.code))
        if isinstance(found, Refusal):
            return self.take(Failed(wanted.errand, "quote", found.code, found.retry_after_s))
        return self.take(QuoteCame(wanted.errand, found.quote.amount, found.compact))

    async def _ask(self, wanted: Ask) -> None:
        setting = self._setting
        try:
            found = await self._link.device.ask(
                wanted.nickname, wanted.quote, setting.place, setting.window_s
            )
        except ClientError as error:
            return self.take(Failed(wanted.errand, "ask", error.code))
        if isinstance(found, Refusal):
            return self.take(Failed(wanted.errand, "ask", found.code, found.retry_after_s))
        return self.take(AskCame(wanted.errand, found))

    async def _wait(self, wanted: Wait) -> None:
        half_time = asyncio.create_task(self._chime_at_half_time(wanted.asked))
        try:
            self.take(RequestEnded(wanted.errand, await self._link.device.wait(wanted.asked)))
        finally:
            half_time.cancel()

    async def _chime_at_half_time(self, request: Asked) -> None:
        """One tone, no words; none while the microphone is open for an answer."""
        await self._link.device.clock.sleep((request.decide_by_steady - self._steady()) / 2)
        if not self.has_question:
            self._setting.voice.chime()

    async def _withdraw(self, wanted: Withdraw) -> None:
        try:
            found = await self._link.device.withdraw(wanted.asked)
        except ClientError as error:
            return self.take(Failed(wanted.errand, "withdraw", error.code))
        if isinstance(found, Refusal):
            return self.take(Failed(wanted.errand, "withdraw", found.code))
        return self.take(RequestEnded(wanted.errand, found))

    async def _listen(self, wanted: Listen) -> None:
        await self._setting.voice.drained()
        self._setting.tell({"event": "listening", "seconds": wanted.seconds})
        self._setting.ears.answer_wanted()
        await self._link.device.clock.sleep(wanted.seconds)
        if self._setting.ears.is_hearing:  # whoever is speaking now may finish
            await self._link.device.clock.sleep(wanted.seconds)
        self.take(NoAnswer(wanted.question))

    async def _refresh(self) -> None:
        try:
            await self.learn(await self._link.learn())
        except (ClientError, LinkRefused):
            return

    async def idle(self) -> None:
        """Returns once no errand is open."""
        while self.is_busy:
            self.changed.clear()
            await self.changed.wait()

    async def close(self) -> None:
        """Ends all work; open requests stay open for their approvers."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._link.device.close()
