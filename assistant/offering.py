"""Which known word is offered in place of one that nobody knows. None is ever taken for it."""

from collections.abc import Mapping

NEAR = 70.0
"""Similarity in percent from which a known word is offered in place of an unknown one."""
PART = {"en": 3, "ja": 2}
"""Fewest letters by which a thing is named in part."""


def in_part(text: str, forms: Mapping[str, str], locale: str) -> str | None:
    """The form of the one thing that begins so, or of which this is a word ("coffee", "charger").

    Args:
        text: folded, as said.
        forms: folded ways to write each thing, and its name.
        locale: the language.
    """
    if len(text) < PART[locale]:
        return None
    found = {name: form for form, name in forms.items() if _is_part(text, form, locale)}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_part(text: str, form: str, locale: str) -> bool:
    if locale == "ja":  # which has no spaces: a word of its own is seen at the end as well
        return form.startswith(text) or form.endswith(text)
    return form.startswith(text) or f" {text} " in f" {form} "


def nearest(text: str, forms: Mapping[str, str]) -> str | None:
    """The form that is written almost so."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, list(forms), scorer=fuzz.ratio, score_cutoff=NEAR)
    return None if found is None else found[0]


def similarity(text: str, form: str) -> float:
    """From 0 to 1."""
    from rapidfuzz import fuzz

    return fuzz.ratio(text, form) / 100
