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
_NUMBERS: Final = {
    **{
        word: i
        for i, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
        )
    },
    **{
        word: i
        for i, word in enumerate(
            ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"], 1
        )
    },
    "a": 1,
    "an": 1,
    "un": 1,
    "una": 1,
    "al": 1,
    "couple": 2,
    "few": 3,
    "several": 3,
    "unas": 3,
    "unos": 3,
    "varias": 3,
    "varios": 3,
    "muchos": 3,
    "muchas": 3,
    "many": 3,
    "pocos": 3,
    "pocas": 3,
}
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
    for i, word in enumerate(words):
        if word in ("day", "dia", "week", "semana") and (days := _ordinal(words, i + 1)):
            yield Duration(days * _UNITS[word], i, i + 2)
        elif word in _UNITS:
            number, start = _number(words, i - 1)
            half = words[i + 1 : i + 3] == ["y", "medio"] or words[i + 1 : i + 4] == ["and", "a", "half"]
            if number or word.endswith("s"):
                yield Duration((number or _SOME) * _UNITS[word] + half * (_UNITS[word] // 2), start, i + 1)


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
