"""Readers of structs, written as Python source from the same shapes as the readers of dicts.

The types of a struct's values have been checked; what is left are references to sources, numbers, patterns, and
what stands where nothing is written. `print(takers(frozen=True).text)` shows them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic, Review, is_region_of
from clinic_vetting.evidence import Answer, Source, Statement
from clinic_vetting.fast_reading.compiled import IDENTITY, KINDS, RECORDS, compiled, names
from clinic_vetting.fast_reading.draft import Draft
from clinic_vetting.fast_reading.keys import IDS
from clinic_vetting.fast_reading.limits import ANSWERS
from clinic_vetting.fast_reading.making import fields_of, maker, making, within
from clinic_vetting.fast_reading.memo import Doubt, once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.fast_reading.compiled import Reads, Sources
    from clinic_vetting.fast_reading.draft import Said
    from clinic_vetting.fast_reading.memo import Names

_ARGUMENTS: Final = "sources, default, texts"
_NAMELESS: Final = (Answer, list)
"""What can stand for an answer and is no struct with a source of its own."""
_CALLED: Final = {
    "source": "take_Source", "statement": "take_Statement", "draft": "take_draft", "make_statement": "make_Statement",
}  # fmt: skip


class Takers(NamedTuple):
    """The compiled readers of structs, with their source."""

    text: str
    source: Reads
    statement: Reads
    draft: Reads
    make_statement: Reads

    def answers(
        self, written: dict[str, dict[str, Any]], sources: Sources, default: Source | None, texts: list[str]
    ) -> list[Said]:
        """Take direct answers; most name one source and say no more."""
        found: list[Said] = []
        for category, inner in written.items():
            ids = IDS[category]
            for criterion, said in inner.items():
                full = ids[criterion]
                if said.__class__ not in _NAMELESS and said.note is None and said.source is not None:
                    found.append((full, said.answer, sources[said.source]))
                elif statements := self.said(said, sources, default, texts):
                    found.append((full, None, statements))
        if len(written) > ANSWERS or sum(map(len, written.values())) > ANSWERS:
            raise Doubt
        return found

    def said(self, written: Any, sources: Sources, default: Source | None, texts: list[str]) -> tuple[Statement, ...]:
        """Take one answer or several."""
        several = written if isinstance(written, list) else [written]
        return tuple([self._one(each, sources, default, texts) for each in several])

    def _one(self, written: Any, sources: Sources, default: Source | None, texts: list[str]) -> Statement:
        if not isinstance(written, Answer):
            statement: Statement = self.statement(written, sources, default, texts)
        elif default is None:
            raise Doubt
        else:
            statement = self.make_statement((written, default, None, None, None, None))
        return statement


@cache
def _written() -> str:
    named = names()
    read = [_taker(each, named) for each in KINDS if each is not Review]
    return "\n\n\n".join([*read, maker(Statement, named), _draft_taker(named)])


@once
def takers(*, frozen: bool) -> Takers:
    """Compile the readers of structs, when they are first used."""
    found = compiled(_written(), "<fast readers of structs>", frozen=frozen)
    made = Takers(_written(), **{name: found[each] for name, each in _CALLED.items()})
    found["said_by"] = made.said
    return made


def _taker(kind: type[attrs.AttrsInstance], named: Names) -> str:
    """Write the reader of a struct."""
    asked = [each for each in attrs.fields(kind) if each.init and not each.metadata]
    given = [each.name for each in asked if each.default is attrs.NOTHING]
    lines = [*_taking(fields_of(kind), "struct", named), *making(kind, named), "return made"]
    return "\n".join([f"def take_{kind.__name__}({', '.join(['struct', *given])}, {_ARGUMENTS}):", *within(lines)])


def _draft_taker(named: Names) -> str:
    """Write the reader of a whole dossier, whose answers and reviews have been read."""
    fields, records = attrs.fields_dict(Clinic), [each for each in RECORDS if each != "reviews"]
    named |= {"is_region_of": is_region_of, "Draft": Draft, "new": object.__new__}
    lines = [*_taking([fields[each] for each in IDENTITY], "struct.clinic", named)]
    lines += _taking([fields[each] for each in records], "struct", named)
    lines += ["if not is_region_of(region, country): raise Doubt", "made = new(Draft)"]
    lines += [f"made.{each} = {each}" for each in (*IDENTITY, *records, "answers", "reviews")]
    return "\n".join([f"def take_draft(struct, answers, reviews, {_ARGUMENTS}):", *within([*lines, "return made"])])


def _taking(fields: Iterable[attrs.Attribute[Any]], struct: str, named: Names) -> Iterator[str]:
    for each in fields:
        yield f"{each.name} = {struct}.{each.name}"
        yield from _value(each, named)


def _value(field: attrs.Attribute[Any], named: Names) -> Iterator[str]:
    """Write what is left to do with the variable of a field."""
    name, needed = field.name, field.default is attrs.NOTHING
    blank = () if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
    match field.metadata["shape"]:
        case shapes.Reference():
            yield from _reference(name, needed=needed, referring="referring" in field.metadata)
        case shapes.Said():
            yield f"{name} = () if {name} is None else said_by({name}, {_ARGUMENTS})"
        case shapes.Record(kind=kind):
            yield f"if {name} is not None: {name} = take_{kind.__name__}({name}, {_ARGUMENTS})"
        case shapes.Many(item=item, single=single):
            yield from _list(name, item, single=single)
        case shapes.Text(pattern="") as shape if type(shape) is shapes.Text:
            yield f"texts.append({name})" if needed else f"if {name} is not None: texts.append({name})"
        case shapes.Day() | shapes.Choice() | shapes.Flag():
            if not needed and blank is not None:
                yield f"if {name} is None: {name} = {named.constant(blank)}"
        case shapes.Whole():
            yield f"if {name} == 0: raise Doubt  # or minus zero"
        case shapes.Number() as shape:
            memo = named.memo(shape, blank)
            yield f"{name} = ({memo}_int if type({name}) is int else {memo})[{name}]"
            yield f"if {name} == 0: raise Doubt  # or minus zero"
        case shape:
            yield f"{name} = {named.memo(shape, blank)}[{name}]"


def _reference(name: str, *, needed: bool, referring: bool) -> Iterator[str]:
    """Write how an id becomes a source."""
    if referring:
        yield f"if {name} is not None: {name} = sources[{name}]"
        yield "elif default is None: raise Doubt"
        yield f"else: {name} = default"
    elif needed:
        yield f"{name} = sources[{name}]"
    else:
        yield f"if {name} is not None: {name} = sources[{name}]"


def _list(name: str, item: Any, *, single: bool) -> Iterator[str]:
    if single:
        yield f"if type({name}) is not list and {name} is not None: {name} = [{name}]"
    if isinstance(item, shapes.Record):
        yield f"{name} = tuple([take_{item.kind.__name__}(each, {_ARGUMENTS}) for each in {name} or ()])"
    else:
        yield f"{name} = tuple({name} or ())"
        yield f"texts += {name}"
