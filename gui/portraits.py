"""The person's picture as the windows know it: fetched when its hash is new, set, removed, shown."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.wire.messages import PictureBody, Profile
from gui.link import Link
from gui.picture_file import image_of, picture_of

Complain = Callable[[str | Refusal | NodError], object]
"""Takes a key of a sentence, or what the server said."""


class Portraits(QObject):
    """One person's picture."""

    changed = Signal(str, object)
    """The person's name, and a `QImage` or None."""

    def __init__(self, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._sha256: str | None = None
        self._name = ""
        self.image: QImage | None = None
        """What is shown now."""

    def be_of(self, profile: Profile) -> None:
        """Show a person; the picture follows where it is a new one."""
        self._name = profile.display_name or profile.nickname
        if profile.picture_sha256 is None:
            self._sha256 = self.image = None
        elif profile.picture_sha256 != self._sha256:
            self._sha256 = profile.picture_sha256
            self._link.ask(lambda: self._link.home.picture(), self._on_picture, self._on_failed)
        self.changed.emit(self._name, self.image)

    def choose(self, path: Path, complain: Complain) -> None:
        """Set the picture from an image file."""
        picture = picture_of(path)
        if picture is None:
            complain("desktop-profile-picture-wrong")
            return
        self._change(lambda: self._link.session.set_picture(picture), complain)

    def remove(self, complain: Complain) -> None:
        """Have no picture."""
        self._change(lambda: self._link.session.set_picture(None), complain)

    def _change(self, work: Callable[[], object], complain: Complain) -> None:
        def done(answer: Profile | Refusal) -> None:
            if isinstance(answer, Refusal):
                complain(answer)

        self._link.ask(work, done, complain)  # type: ignore[arg-type]

    def _on_picture(self, answer: PictureBody | Refusal) -> None:
        if isinstance(answer, PictureBody):
            self.image = image_of(answer.picture)
            self.changed.emit(self._name, self.image)

    def _on_failed(self, _error: NodError) -> None:
        self._sha256 = None  # asked for again with the next profile
