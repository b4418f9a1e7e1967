"""Looks for words that take an order away: refusals, the past, questions.

Names are blanked first: somebody called "Will", or a "No-bake cake", is no refusal.
"""

import re
from collections.abc import Iterable
from typing import Literal

from assistant.folding import folded
from assistant.templates import SentenceFile

Kind = Literal["negations", "past", "questions"]
ODD_NUMBER = re.compile(r"[-−]\s*\d|\d[.,]\d|\d{4}|(?<!\d)0+(?!\d)")
"""Numbers of which nobody can buy so many: negative, broken, huge, none."""
_BLANK = " \x01 "


class Guard:
    """The guards of one language, with the names that they do not see."""

    def __init__(self, file: SentenceFile, names: Iterable[str]) -> None:
        self._locale = file.language
        self._guards = {kind: self._pattern(getattr(file.guards, kind)) for kind in _KINDS}
        self._allowed = {kind: self._pattern(getattr(file.allowed, kind)) for kind in _KINDS}
        self._asking = self._pattern(file.asking)
        self._allowed_when_asked = self._pattern(file.allowed_when_asked)
        self._names = self._pattern(name for name in names if self._is_misleading(name))

    def _is_misleading(self, name: str) -> bool:
        """Whether a name holds what would be taken for a guard or an odd number."""
        return ODD_NUMBER.search(name) is not None or any(
            pattern.search(name) for pattern in self._guards.values()
        )

    def has_odd_number(self, line: str) -> bool:
        """Whether a folded line asks for a number of things that nobody can buy."""
        return ODD_NUMBER.search(self._names.sub(_BLANK, line)) is not None

    def found(self, line: str, *, is_question: bool) -> Kind | None:
        """Which kind of guard a folded line holds, the strongest first; None if none.

        Args:
            line: folded.
            is_question: whether it ended with a question mark.
        """
        line = self._names.sub(_BLANK, line)
        is_asking = is_question and self._asking.search(line) is not None
        if is_asking:
            line = self._allowed_when_asked.sub(_BLANK, line)
        for kind in _KINDS:
            if self._guards[kind].search(self._allowed[kind].sub(_BLANK, line)):
                return kind
        return "questions" if is_question and not is_asking else None

    def _pattern(self, phrases: Iterable[str]) -> re.Pattern[str]:
        forms = sorted({folded(phrase, self._locale) for phrase in phrases} - {""}, key=len, reverse=True)
        if not forms:
            return re.compile(r"(?!)")
        one_of = "|".join(map(re.escape, forms))
        return re.compile(one_of if self._locale == "ja" else rf"(?<![\w'])(?:{one_of})(?![\w'])")


_KINDS: tuple[Kind, ...] = ("negations", "past", "questions")
