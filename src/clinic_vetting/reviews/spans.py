"""How long something lasted, or how late it began, in the words of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNITS: Final = {
    **dict.fromkeys(("hour", "hours", "hora", "horas", "minute", "minutes", "minuto", "minutos"), 0),
    **dict.fromkeys(("day", "days", "dia", "dias", "night", "nights", "noche", "noches"), 1),
    **dict.fromkeys(("week", "weeks", "semana", "semanas"), 7),
    **dict.fromkeys(("fortnight", "quincena"), 14),
    **dict.fromkeys(("month", "months", "mes", "meses"), 30),
    **dict.fromkeys(("year", "years", "ano", "anos"), 365),
}
_COUNTING: Final = (
    ("a", "an", "one", "un", "una", "uno", "al"),
    ("two", "couple", "dos"),
    (
        "three",
        "few",
        "several",
        "many",
        "tres",
        "unas",
        "unos",
        "varias",
        "varios",
        "muchas",
        "muchos",
        "pocas",
        "pocos",
    ),
    *(("four", "cuatro"), ("five", "cinco"), ("six", "seis"), ("seven", "siete"), ("eight", "ocho"), ("nine", "nueve")),
    *(("ten", "diez"), ("eleven", "once"), ("twelve", "doce")),
)
_NUMBERS: Final = {word: number for number, words in enumerate(_COUNTING, 1) for word in words}
_BETWEEN: Final = frozenset({"of", "de", "good", "full", "whole", "almost"})
_SOME: Final = 2
"""What `weeks` or `months` stands for where no number is given."""


class Duration(NamedTuple):
    """So many days, told from one word to another."""

    days: int
    start: int
    end: int


def durations(words: Sequence[str]) -> Iterator[Duration]:
    """Find every length of time.

    >>> [each.days for each in durations("six weeks later, after a month and for 10 days".split())]
    [42, 30, 10]
    """
    for i, word in enumerate(words if not _UNITS.keys().isdisjoint(words) else ()):
        if word in ("day", "dia", "week", "semana") and (days := _ordinal(words, i + 1)):
            yield Duration(days * _UNITS[word], i, i + 2)
        elif word in _UNITS:
            number, start = _number(words, i - 1)
            half = " ".join(words[i + 1 : i + 4]).startswith(("y medio", "and a half"))
            if number or half or (word.endswith("s") and word != "mes"):
                halves = 2 * (number or (1 if half else _SOME)) + half
                yield Duration(halves * _UNITS[word] // 2, start, i + 1)


def _ordinal(words: Sequence[str], place: int) -> int:
    """Read the number after a unit, as in `day 20`."""
    word = words[place] if place < len(words) else ""
    return int(word[:4]) if word.isdecimal() else 0


def _number(words: Sequence[str], place: int) -> tuple[int, int]:
    while place > 0 and words[place] in _BETWEEN:
        place -= 1
    word = words[place] if place >= 0 else ""
    if word.isdecimal():
        return min(int(word[:4]), 9999), place
    return (_NUMBERS[word], place) if word in _NUMBERS else (0, place + 1)
