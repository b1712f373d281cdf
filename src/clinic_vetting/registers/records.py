"""JSON records one by one: one a line, an array of them, or one alone; memory is that of the largest record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from clinic_vetting.errors import Fault
from clinic_vetting.registers.intake import Intake
from clinic_vetting.words import told

LARGEST: Final = 8_000_000
"""The most characters that a record may have."""


def records(intake: Intake, expected: str) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    """Give each record with its line, or its number from 1 in an array; what is no record is a fault.

    Raises:
        InputError: An array that cannot be parted into records.
    """
    lines = intake.lines(LARGEST)
    number, first = next(((number, line) for number, line in lines if line.strip()), (0, ""))
    if first.startswith("{") and _parsed(first) is not None:
        yield from _by_line(intake, chain([(number, first)], lines), expected)
    else:
        yield from _of_array(intake, chain([first], (line for _, line in lines)), expected)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_line(
    intake: Intake, lines: Iterator[tuple[int, str]], expected: str
) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    for number, line in lines:
        found = _parsed(line)
        if isinstance(found, dict):
            yield number, found
        elif line.strip():
            yield intake.fault(number, told("fault.registers.row"), expected, told("fault.registers.no_object"))


def _of_array(intake: Intake, lines: Iterator[str], expected: str) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    """Part an array, or a record over several lines, as soon as enough of it was read."""
    text, number, decoder = "", 0, json.JSONDecoder()
    for line in lines:
        text = f"{text}\n{line}".lstrip("[], \t\n\ufeff")
        while text.endswith(("}", "},", "]")) or len(text) > LARGEST:
            try:
                found, end = decoder.raw_decode(text)
            except (ValueError, RecursionError):
                break
            number, text = number + 1, text[end:].lstrip("[], \t\n")
            yield (number, found) if isinstance(found, dict) else _no_mapping(intake, number, expected)
        if len(text) > LARGEST:
            break
    if text or not number:
        intake.refuse(told("fault.registers.to_the_end", expected=expected), told("fault.registers.no_json"))


def _no_mapping(intake: Intake, number: int, expected: str) -> Fault:
    return intake.fault(number, told("fault.registers.a_record"), expected, told("fault.registers.no_mapping"))
