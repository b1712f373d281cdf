"""The generated readers of records against readers made of closures, over the same shapes and memos.

Run `python benchmarks/generated.py`; `--write` replaces its section of RESULTS.md. Both read the same listings' sources
and records into the same frozen classes; that they are equal is asserted first. Generated code has to pay at least a
quarter, or it should go.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import results
from listings import listing

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic
from clinic_vetting.evidence import Source
from clinic_vetting.fast_reading import RECORDS, readers
from clinic_vetting.fast_reading.compiled import names
from clinic_vetting.fast_reading.limits import most_of
from clinic_vetting.fast_reading.making import fields_of, twin
from clinic_vetting.fast_reading.memo import Doubt, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

Reads: TypeAlias = "Callable[..., Any]"
LISTINGS, QUARTER = 50, 0.75
READ = "Microseconds for the sources and records of one listing of 4 KB, without answers; the generated readers read its identity too."
LISTS = [each for each in RECORDS if each != "reviews"]


def value_reader(name: str, shape: Any, blank: object) -> Reads:
    """Give a closure that reads one field's value."""
    match shape:
        case shapes.Record(kind=kind):
            return lambda value, *given: None if value in (None, "") else record_reader(kind)(value, *given)
        case shapes.Many(item=shapes.Record(kind=kind)):
            return _many(kind, most_of(name, shape), single=shape.single)
        case shapes.Many(item=shapes.Text(most=most)):
            longest = most_of(name, shape)
            return lambda value, _, texts: texts_of(value, longest, most, texts) if value else ()
        case shapes.Text(pattern="", most=most) if type(shape) is shapes.Text:
            return lambda value, _, texts: _text(value, most, texts)
        case shapes.Reference():
            return lambda value, sources, _: sources[value]
        case _:
            return _never if isinstance(shape, shapes.Said) else _scalar(shape, names()[names().memo(shape, blank)])


def _never(*_: object) -> Any:
    raise Doubt


def _scalar(shape: Any, known: Any) -> Reads:
    if isinstance(shape, shapes.Flag):
        return lambda value, *_: value if value is True or value is False else known[value]
    if isinstance(shape, shapes.Whole):
        return lambda value, *_: value if type(value) is int and shape.least <= value <= shape.most else known[value]
    if isinstance(shape, shapes.Number):
        memo = names().memo(shape)
        by_kind = {int: names()[f"{memo}_int"], float: names()[f"{memo}_float"]}
        return lambda value, *_: by_kind.get(type(value), known)[value]
    return lambda value, *_: known[value]


def _many(kind: Any, most: int, *, single: bool) -> Reads:
    def read(value: Any, sources: dict[str, Source], texts: list[str]) -> Any:
        if single and type(value) is dict:
            value = [value]
        if not value:
            return ()
        if type(value) is not list or len(value) > most:
            raise Doubt
        one = record_reader(kind)
        return tuple([one(each, sources, texts) for each in value])

    return read


def _text(value: Any, most: int, texts: list[str]) -> str | None:
    if value is None or value == "":
        return None
    text = value if type(value) is str else text_of(value)
    if len(text) > most:
        raise Doubt
    texts.append(text)
    return text


@cache
def record_reader(kind: Any) -> Reads:
    """Give a closure that reads one record."""
    fields = []
    for each in fields_of(kind):
        blank = () if isinstance(each.default, attrs.Factory) else each.default  # type: ignore[arg-type]
        fields.append((each.name, blank, value_reader(each.name, each.metadata["shape"], blank)))
    new, made_like = object.__new__, twin(kind)

    def read(tree: Any, sources: dict[str, Source], texts: list[str], **given: Any) -> Any:
        if type(tree) is not dict:
            raise Doubt
        left, made = len(tree), new(made_like)
        for name, blank, value in fields:
            if name in tree:
                left -= 1
                setattr(made, name, value(tree[name], sources, texts))
            elif blank is attrs.NOTHING:
                raise Doubt
            else:
                setattr(made, name, blank)
        if left:
            raise Doubt
        for name, value in given.items():
            setattr(made, name, value)
        made.__class__ = kind
        if hasattr(made, "__attrs_post_init__"):
            made.__attrs_post_init__()
        return made

    return read


def by_closures(tree: dict[str, Any]) -> list[Any]:
    """Read a listing's records by closures."""
    texts: list[str] = []
    source = record_reader(Source)
    sources = {key: source(each, {}, texts, id=key) for key, each in tree["sources"].items()}
    return [_list(name)(tree.get(name), sources, texts) for name in LISTS]


@cache
def _list(name: str) -> Reads:
    return value_reader(name, attrs.fields_dict(Clinic)[name].metadata["shape"], ())


def by_generated_code(tree: dict[str, Any]) -> Any:
    """Read a listing's sources, identity and records by the generated readers."""
    texts: list[str] = []
    trees: list[Any] = []
    read = readers(frozen=True)
    sources = {key: read.source(each, key, None, None, texts, trees) for key, each in tree["sources"].items()}
    left = len(tree) - 2 - sum(each in tree for each in ("sources", "answers", "reviews", "default_source"))
    return read.draft(tree["clinic"], tree, left, [], (), sources, None, texts, trees)


def measured(rounds: int) -> dict[str, float]:
    """Give microseconds for one listing: the mean of all, each at its fastest, in turn."""
    trees = [listing(i, 0) for i in range(LISTINGS)]
    for tree in trees:
        assert by_closures(tree) == [getattr(by_generated_code(tree), name) for name in LISTS]
    rows: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "json.loads": (json.loads, [json.dumps(each) for each in trees]),
        "generated": (by_generated_code, trees),
        "closures": (by_closures, trees),
    }
    fastest = {name: [float("inf")] * LISTINGS for name in rows}
    for _ in range(rounds):
        for name, (call, given) in rows.items():
            for i, each in enumerate(given):
                start = time.perf_counter()
                call(each)
                fastest[name][i] = min(fastest[name][i], time.perf_counter() - start)
    return {name: statistics.mean(taken) * 1e6 for name, taken in fastest.items()}


def main() -> None:
    """Print what was measured, and write it where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.rounds)
    share = found["generated"] / found["closures"]
    told = "pays" if share <= QUARTER else "does not pay"
    lines = [
        "## Generated readers, and closures",
        "",
        results.machine(),
        "",
        f"{READ} The mean of {LISTINGS} listings, each at its fastest of {asked.rounds} rounds, taken in turn.",
        "",
        "| | us | to closures |",
        "|---|---:|---:|",
        *(f"| {name} | {taken:.1f} | {taken / found['closures']:.2f} |" for name, taken in found.items()),
        "",
        f"Generated code has to save at least a quarter: it saves {1 - share:.0%}, and {told}.",
    ]
    print("\n".join(lines))
    if asked.write:
        results.section("generated", lines)


if __name__ == "__main__":
    main()
