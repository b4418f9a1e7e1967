"""Finds a sentence by its key and fills it in; screen and speech take the same way.

The sentences of a language lie in `<language>/*.ftl`, one file an area, its keys starting with the
area's name; `terms.ftl` holds the words that all areas share. A key that a language lacks falls back
to English; a key that nobody has is a mistake of ours and raises.
"""

import datetime
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone
from fluent.syntax import ast

LANGUAGES: tuple[str, ...] = ("en", "ja")
"""BCP 47 tags of the languages that are whole."""

LONGEST_VALUE = 160
"""Characters of a variable that are said at most; what passed the text gate is far shorter."""

_FOLDER = Path(__file__).parent

Argument = str | int | float | datetime.date


class Texts:
    """The sentences of one language."""

    def __init__(self, locale: str) -> None:
        self.locale = language_of(locale)
        self._languages = tuple(dict.fromkeys((self.locale, "en")))

    def say(self, key: str, **values: Argument | None) -> str:
        """The sentence called `key`, filled in.

        Args:
            key: `area-name`, or `area-name.attribute`.
            values: its variables; a None is as good as left out.

        Raises:
            LookupError: if no language has the key, or a variable is missing.
        """
        name, _, attribute = key.partition(".")
        given = {variable: _fitting(value) for variable, value in values.items() if value is not None}
        for language in self._languages:
            bundle = _bundle(language, _area(name))
            if bundle.has_message(name):
                return _filled(bundle, name, attribute, given)
        raise LookupError(f"No sentence is called {key}.")

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return any(_bundle(language, _area(key)).has_message(key) for language in self._languages)


def _fitting(value: Argument) -> Argument:
    """No text from outside is so long that a sentence cannot hold it (Fluent's limit is 1,000)."""
    is_long = isinstance(value, str) and len(value) > LONGEST_VALUE
    return f"{value[:LONGEST_VALUE]}…" if is_long and isinstance(value, str) else value


def language_of(locale: str) -> str:
    """The language of ours that serves `locale` ("ja_JP.UTF-8" → "ja"); English where none does."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else "en"


def keys(language: str) -> frozenset[str]:
    """Every key of a language, to compare languages with."""
    resources = (FluentResource(text) for text in _files(language).values())
    entries = (entry for resource in resources for entry in resource.body)
    return frozenset(entry.id.name for entry in entries if isinstance(entry, ast.Message))


def _filled(bundle: FluentBundle, name: str, attribute: str, values: dict[str, Argument]) -> str:
    message = bundle.get_message(name)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        raise LookupError(f"The sentence {name} has no part {attribute!r}.")
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise LookupError(f"The sentence {name} cannot be filled in: {errors[0]}")
    return "" if isinstance(text, FluentNone) else str(text)


def _area(key: str) -> str:
    return key.partition("-")[0]


@cache
def _bundle(language: str, area: str) -> FluentBundle:
    """One area's sentences, read when the first of them is said: parsing all would slow each start."""
    bundle = FluentBundle([language], use_isolating=False)
    path = _FOLDER / language / f"{area}.ftl"
    if area.isalpha() and path.is_file():
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
        if (terms := path.with_name("terms.ftl")).is_file():
            bundle.add_resource(FluentResource(terms.read_text(encoding="utf-8")))
    return bundle


def _files(language: str) -> dict[str, str]:
    paths = sorted((_FOLDER / language).glob("*.ftl"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}
