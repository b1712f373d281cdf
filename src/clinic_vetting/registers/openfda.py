"""Records of openFDA's files, one by one: downloads and answers of the API (`results`), a record a line, or one alone.

Source: https://open.fda.gov/apis/downloads/
"""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from clinic_vetting.words import told

if TYPE_CHECKING:
    from clinic_vetting.registers.intake import Intake

BLOCK: Final = 1 << 20
LONGEST: Final = 1 << 24
"""The most characters that one record may have."""
_DIGITS: Final = 1000
_RESULTS: Final = re.compile(r'"results"\s*:\s*\[')
_LIST: Final = re.compile(r"\s*\[")
_BETWEEN: Final = re.compile(r"[ \t\r\n,\ufeff]+")
_EXAMPLES: Final = ("result", "header", "record")
"""Under which openFDA's documentation shows one record."""


def begins(intake: Intake, mark: bytes) -> bool:
    """Say whether the first character of a file, blanks left out, is a mark such as `{` or `<`."""
    with intake.unbroken():
        return cast("io.BufferedReader", intake.data).peek(64).lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(mark)


def records(intake: Intake) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each record with its number, from 1, with the memory of one block.

    Raises:
        InputError: It is no JSON, or is damaged or cut off.
    """
    found = _values(intake)
    number = 0
    for each in found:
        for record in _of(each):
            number += 1
            yield number, record


def _of(value: Any) -> Iterator[dict[str, Any]]:
    """Give the records of one value: itself, or those that an answer or an example of the documentation holds."""
    if not isinstance(value, dict):
        yield {"": value}
        return
    held = value.get("results")
    inner = held if isinstance(held, list) else _example(value)
    yield from (each if isinstance(each, dict) else {"": each} for each in inner or [value])


def _example(value: dict[str, Any]) -> list[Any]:
    anatomy = value.get("anatomy")
    listed = anatomy.get("results") if isinstance(anatomy, dict) else None
    shown = [value[key] for key in _EXAMPLES if isinstance(value.get(key), dict)]
    return [*shown, *(each for each in listed or () if each)]


def _values(intake: Intake) -> Iterator[Any]:
    """Give the values of a list under `results`, or else those of the file, one after the other."""
    with (
        contextlib.closing(io.TextIOWrapper(intake.data, "utf-8-sig", errors="replace")) as text,
        intake.unbroken(),
    ):
        buffer = text.read(BLOCK)
        begun = _LIST.match(buffer) or (_RESULTS.search(buffer) if len(buffer) == BLOCK else None)
        yield from _decoded(intake, text, buffer[begun.end() :] if begun else buffer, listed=bool(begun))


def _decoded(intake: Intake, text: io.TextIOWrapper, buffer: str, *, listed: bool) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(parse_int=_integer), 0
    while True:
        at = _skipped(buffer, at)
        try:
            value, at = decoder.raw_decode(buffer, at)
        except json.JSONDecodeError:
            if listed and buffer.startswith("]", at):
                return
            buffer, at = buffer[at:], 0
            more = text.read(BLOCK) if len(buffer) < LONGEST else ""
            if not more and not buffer and not listed:
                return
            if not more:
                raise _malformed(intake, buffer) from None
            buffer += more
            continue
        yield value


def _malformed(intake: Intake, buffer: str) -> NoReturn:
    expected, got = told("fault.registers.json"), told("fault.registers.something_else")
    intake.refuse(expected, got, told("fault.registers.look_at", text=repr(buffer[:40])))


def _integer(text: str) -> int | float:
    """Read a whole number; one of more digits than any has is as large as can be."""
    return int(text) if len(text) <= _DIGITS else float(text)


def _skipped(buffer: str, at: int) -> int:
    """Give the place behind blanks and commas."""
    match = _BETWEEN.match(buffer, at)
    return match.end() if match else at
