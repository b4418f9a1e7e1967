"""The device's life: it arrives at its server, is paired, and then serves one utterance or all that come."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace

from assistant import reporting
from assistant.again import heard_again, in_words
from assistant.commands import Command
from assistant.conversation import Close
from assistant.ears.interface import EarUnavailable
from assistant.hearing import hear_recording, make_ear
from assistant.known import Known
from assistant.linking import Link, LinkRefused
from assistant.options import Options
from assistant.pairing import Pairing, how_it_failed
from assistant.preferences import Preferences
from assistant.runner import Runner, Setting
from assistant.troubles import Trouble, told
from assistant.voice import Voice
from core.client.backoff import Backoff
from core.client.errors import ClientError, ServerAway
from core.domain.outcome import EXIT_STATUS, Outcome
from core.texts.catalog import Texts

MICROPHONE = "mic"


class Session:
    """One run of the device."""

    def __init__(
        self,
        options: Options,
        link: Link,
        setting: Setting,
        voice_of: Callable[[Options], Voice] | None = None,
    ) -> None:
        """`voice_of` makes the voice of another language; without it the voice stays."""
        self._options = options
        self._voice_of = voice_of
        self._link = link
        self.setting = setting
        """Its voice, ears and language."""
        self.runner = Runner(link, setting)
        self._pairings = Pairing(link, self.runner, setting.tell, is_beside=options.is_beside)
        self._commands: asyncio.Queue[Command] = asyncio.Queue()
        self._pairing: asyncio.Task[None] | None = None
        self._is_ready = self._is_lost = False
        self._early: list[str] = []
        self._hung_up = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def submit(self, command: Command) -> None:
        """Takes a command, from any thread."""
        self._soon(self._commands.put_nowait, command)

    async def run(self) -> int:
        """Lives until it is told to leave, or with `--once` until its one utterance is settled.

        Returns:
            The exit status (DESIGN.md section 6).
        """
        try:
            return await (self._once() if self._options.once else self._lasting())
        finally:
            if self._pairing is not None:
                self._pairing.cancel()
            await self.runner.close()

    async def _once(self) -> int:
        """Does one utterance; a leave command ends it early."""
        work = asyncio.create_task(self._one_utterance())
        commands = asyncio.create_task(self._follow_commands())
        await asyncio.wait({work, commands}, return_when=asyncio.FIRST_COMPLETED)
        commands.cancel()
        if not work.done():
            work.cancel()
            return EXIT_STATUS[Outcome.ERROR]
        work.result()
        closed = self.runner.closed or [Close(None, Outcome.ERROR)]
        if self._options.json:
            self.setting.tell(reporting.last_line(closed))
        await self.setting.voice.drained()
        return EXIT_STATUS[reporting.decisive(closed).outcome]

    async def _one_utterance(self) -> None:
        if not await self._arrive_once():
            return
        if self._options.say is not None:
            await self.runner.typed(self._options.say)
        elif self._options.listen == MICROPHONE:
            self.setting.ears.talk()
        elif self._options.listen is not None:
            await self._hear()
        while not self.runner.closed:
            await self.runner.changed.wait()
        await self.runner.idle()

    async def _arrive_once(self) -> bool:
        """Connects; a device that never was paired waits for its pairing. False: it said why not."""
        try:
            known = await self._link.connect()
            if not known.people and not await self._link.was_paired():
                ended = await self._pairings.ended()
                if ended.contacts is None:
                    return self._end(how_it_failed(ended), ended.code)
                known = self.runner.known
        except LinkRefused as refused:
            return self._end(refused.key, refused.code)
        except ClientError as error:
            key = "server-away" if isinstance(error, ServerAway) else "failed"
            return self._end(key, error.code)
        await self.runner.learn(known)
        self._ready(known)
        return True

    def _end(self, key: str, code: str) -> bool:
        self.runner.say(key)
        self.runner.closed.append(Close(None, Outcome.ERROR, code))
        return False

    async def _lasting(self) -> int:
        """Serves until told to leave."""
        arriving = asyncio.create_task(self._arrive())
        leaving = asyncio.create_task(self._leave_when_idle(arriving))
        try:
            await self._follow_commands()
        finally:
            arriving.cancel()
            leaving.cancel()
            await asyncio.gather(arriving, leaving, return_exceptions=True)
        return 0

    async def _leave_when_idle(self, arriving: "asyncio.Task[None]") -> None:
        """Once nobody can type any more, whatever was typed is brought to its end first."""
        await self._hung_up.wait()
        await asyncio.wait({arriving})
        await self.runner.idle()
        await self.setting.voice.drained()
        self.submit(Command("leave"))

    async def _arrive(self) -> None:
        """Connects, trying again for as long as it takes; then starts with what the command line said."""
        backoff = Backoff()
        while True:
            try:
                known = await self._link.connect()
                break
            except LinkRefused as refused:
                self.setting.tell({"event": "refused", "code": refused.code})
                return self.runner.say(refused.key)
            except ClientError:
                self._lose()
                await self._link.device.clock.sleep(backoff.next_s())
        await self.runner.learn(known)
        self._ready(known)
        if self._is_lost:
            self.runner.say("server-back")
        for line in self._early:
            await self.runner.typed(line)
        if not known.people:
            await self._pairings.pair()
        else:
            self.runner.say("hello", nickname=known.people[0].text)
        if self._options.say is not None:
            await self.runner.typed(self._options.say)
        if self._options.listen == MICROPHONE:
            self.setting.ears.hands_free(True)
        elif self._options.listen is not None:
            await self._hear()
        return None

    def _lose(self) -> None:
        """Says once that the server does not answer, and since when."""
        if self._is_lost:
            return
        self._is_lost = True
        self.setting.tell(reporting.away(self._link.device.clock.now()))
        self.runner.say("server-lost")

    def _ready(self, known: Known) -> None:
        self._is_ready = True
        names = [person.text for person in known.people]
        who = {"client_id": self._link.client_id, "contacts": names}
        self.setting.tell({"event": "ready", **who, "items": len(known.articles)})

    async def _hear(self) -> None:
        """Hears the recording of `--listen`."""
        from assistant.sources.errors import FileMissing, FileUnreadable, SourceError

        vocabulary = self.runner.known.vocabulary(self._options.locale)
        try:
            ear = make_ear(self.setting.engine, allow_network=self._options.allow_network)
            heard = await hear_recording(self._options.listen or "", ear, vocabulary)
        except (FileMissing, FileUnreadable, EarUnavailable) as unusable:
            return self._without_order(unusable, Outcome.ERROR)
        except SourceError as silent:
            return self._without_order(silent, Outcome.NOT_UNDERSTOOD)
        return self.runner.heard(heard, "button")

    def _without_order(self, trouble: Trouble, outcome: Outcome) -> None:
        """Says why there is no order in the recording; with `once` that is the end."""
        self._tell_trouble(trouble)
        self.runner.end_with_nothing(trouble.code, outcome)

    def _tell_trouble(self, trouble: Trouble) -> None:
        self.runner.speak(trouble.code, told(trouble, self.setting.engine, self.setting.texts))

    async def _follow_commands(self) -> None:
        """Carries out commands until one says leave."""
        while (command := await self._commands.get()).word != "leave":
            if command.word == "say":
                await self._typed(command.text)
            elif command.word == "hang_up":
                self._hang_up()
            elif command.word == "speak":
                await self._speak(command.text)
            elif command.word == "again":
                self._order_again(command.text)
            elif command.word == "cancel":
                self._cancel()
            elif command.word == "show":
                self.setting.tell({"event": "wanted"})
            elif command.word in ("talk", "hush"):
                self.setting.ears.talk(command.word == "talk")
            elif self._pairings.is_open:
                self._pairings.show_again()
            elif self._pairing is None or self._pairing.done():
                self._pairing = asyncio.create_task(self._pairings.pair())

    async def _typed(self, line: str) -> None:
        """Takes a line; one that came before the servers did waits for them."""
        if self._is_ready:
            if not self.runner.known.people:
                await self._pairings.look()
            await self.runner.typed(line)
        else:
            self._early.append(line)
            if self._is_lost:
                self.runner.say("kept")

    def _cancel(self) -> None:
        """What is ordered is taken back; where nothing is, the pairing code is put away."""
        if self.runner.can_cancel or not self._pairings.hide():
            self.runner.cancel()

    def _hang_up(self) -> None:
        """Nothing more can be typed: only a device that hears stays."""
        if self._options.listen != MICROPHONE:
            self._hung_up.set()

    async def _speak(self, locale: str) -> None:
        """Another language from now on; whatever is open goes on."""
        texts = Texts(locale)
        if texts.locale == self.setting.texts.locale:
            return
        self._options = replace(self._options, locale=texts.locale)
        if self._voice_of is not None:
            await asyncio.to_thread(self.setting.voice.close)
            self.setting = replace(self.setting, voice=self._voice_of(self._options))
        self.setting = replace(self.setting, texts=texts)
        await self.runner.speak_in(texts, self.setting.voice, self._options.name)

    def _order_again(self, text: str) -> None:
        what = heard_again(text, self.runner.known)
        if what is not None:
            self.runner.heard(what, "text", in_words(what, self.runner.known, self.setting.texts))

    def change(self, chosen: Preferences) -> None:
        """Takes over what the person has chosen; from any thread."""
        self._soon(self._change, chosen)

    def _soon(self, call: Callable[..., None], *given: object) -> None:
        """A window may say "leave" to a session that left by itself when its parent did."""
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(call, *given)

    def _change(self, chosen: Preferences) -> None:
        place = chosen.place_claim()
        if chosen.place and place is None:
            self.runner.say("place-refused")
        self.runner.change(read_back=chosen.read_back, place=place)
        self.setting.voice.change(chosen.tone(self._options.locale), muted=chosen.muted)
        self.setting = replace(self.setting, engine=self._options.engine or chosen.engine)
        self.setting.ears.use(self.setting.engine)
        self.setting.ears.hands_free(chosen.hands_free)

    def missed(self, trouble: Trouble) -> None:
        """The microphone gave nothing: says why; with `once` that is the end."""
        self._tell_trouble(trouble)
        if self._options.once and not self.runner.is_busy:
            self.runner.end_with_nothing(trouble.code)
