"""Readers of checked records, written as Python source from the same shapes that the slow reader follows.

Each function reads one class from a dict such as `json.loads` gives, as strictly as its shapes do, or raises:
`Doubt`, or the `KeyError`, `TypeError` or `ValueError` of what it tried. Then the slow reader decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic, is_region_of
from clinic_vetting.fast_reading.draft import Draft
from clinic_vetting.fast_reading.limits import most_of
from clinic_vetting.fast_reading.making import fields_of, making, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.fast_reading.memo import Names

_ARGUMENTS: Final = "sources, default, texts, trees"


def reader(kind: type[attrs.AttrsInstance], names: Names) -> str:
    """Write the reader of a class; what it names besides builtins goes into `names`."""
    asked = [each for each in attrs.fields(kind) if each.init and not each.metadata]
    given = [each.name for each in asked if each.default is attrs.NOTHING]
    lines = [f"def read_{kind.__name__}({', '.join(['tree', *given])}, {_ARGUMENTS}):"]
    lines += within([*_reading(fields_of(kind), "tree", "", names), *making(kind, names), "return made"])
    return "\n".join(lines)


def draft_reader(identity: Iterable[str], lists: Iterable[str], names: Names) -> str:
    """Write the reader of a whole dossier: its identity from one dict, its records from another."""
    fields, records = attrs.fields_dict(Clinic), [each for each in lists if each != "reviews"]
    own, held = [fields[each] for each in identity], [fields[each] for each in records]
    names |= {"is_region_of": is_region_of, "Draft": Draft, "new": object.__new__}
    lines = [*_reading(own, "tree", "", names), *_reading(held, "root", "left_in_root", names)]
    lines += ["if not is_region_of(region, country): raise Doubt", "made = new(Draft)"]
    lines += [f"made.{each} = {each}" for each in (*identity, *records, "answers", "reviews")]
    head = f"def read_draft(tree, root, left_in_root, answers, reviews, {_ARGUMENTS}):"
    return "\n".join([head, *within([*lines, "return made"])])


def _always(fields: Iterable[attrs.Attribute[Any]]) -> int:
    return sum(each.default is attrs.NOTHING and not each.metadata.get("referring") for each in fields)


def _reading(fields: list[attrs.Attribute[Any]], tree: str, left: str, names: Names) -> Iterator[str]:
    """Read each field of one dict, counting keys: what is left over is unknown."""
    yield f"if type({tree}) is not dict: raise Doubt"
    yield f"trees.append({tree})"
    yield f"left = {left or f'len({tree}) - {_always(fields)}'}"
    for each in fields:
        yield from _field(each, tree, names)
    yield "if left: raise Doubt"


def _field(each: attrs.Attribute[Any], tree: str, names: Names) -> Iterator[str]:
    name, needed, referring = each.name, each.default is attrs.NOTHING, each.metadata.get("referring")
    blank = () if isinstance(each.default, attrs.Factory) else each.default  # type: ignore[arg-type]
    value = _value(name, each.metadata["shape"], blank, names)
    if needed and not referring:
        yield f"{name} = {tree}[{name!r}]"
        yield from value
        return
    yield f"if left and {name!r} in {tree}:"
    yield "    left -= 1"
    yield f"    {name} = {tree}[{name!r}]"
    yield from within(value)
    if referring and needed:
        yield "elif default is None: raise Doubt"
    yield f"else: {name} = {'default' if referring else names.constant(blank)}"


def _value(name: str, shape: Any, blank: object, names: Names) -> Iterator[str]:
    """Write how the variable `name` turns from what was written into its value."""
    match shape:
        case shapes.Reference():
            yield f"{name} = sources[{name}]"
        case shapes.Said():
            yield from _unless_blank(name, f"said({name}, {_ARGUMENTS})", blank)
        case shapes.Record(kind=kind):
            yield from _unless_blank(name, f"read_{kind.__name__}({name}, {_ARGUMENTS})", blank)
        case shapes.Many(item=shapes.Text(pattern="", most=most) as item) if type(item) is shapes.Text:
            if shape.single:
                yield f"if type({name}) is str and {name}: {name} = [{name}]"
            yield from _unless_blank(name, f"texts_of({name}, {most_of(name, shape)}, {most}, texts)", blank)
        case shapes.Many(item=shapes.Record(kind=kind), single=single):
            yield from _list(name, kind.__name__, most_of(name, shape), single=single)
        case shapes.Text(pattern="", most=most) if type(shape) is shapes.Text:
            yield from _text(name, most, blank)
        case _:
            yield f"{name} = {_scalar(name, shape, names.memo(shape, blank))}"


def _unless_blank(name: str, read: str, blank: object) -> Iterator[str]:
    yield f"{name} = {blank!r} if {name} is None or {name} == '' else {read}"


def _list(name: str, kind: str, most: int, *, single: bool) -> Iterator[str]:
    yield f"if type({name}) is list and len({name}) <= {most}:"
    yield f"    {name} = tuple([read_{kind}(each, {_ARGUMENTS}) for each in {name}])"
    if single:
        yield f"elif type({name}) is dict: {name} = (read_{kind}({name}, {_ARGUMENTS}),)"
    yield f"elif {name} is None or {name} == '': {name} = ()"
    yield "else: raise Doubt"


def _text(name: str, most: int, blank: object) -> Iterator[str]:
    if blank is attrs.NOTHING:
        yield f"if type({name}) is not str: {name} = text_of({name})"
        yield f"if len({name}) > {most}: raise Doubt"
        yield f"texts.append({name})"
        return
    yield f"if type({name}) is not str and {name} is not None: {name} = text_of({name})"
    yield f"if {name}:"
    yield f"    if len({name}) > {most}: raise Doubt"
    yield f"    texts.append({name})"
    yield f"else: {name} = None"


def _scalar(name: str, shape: Any, known: str) -> str:
    match shape:
        case shapes.Flag():
            return f"{name} if {name} is True or {name} is False else {known}[{name}]"
        case shapes.Whole(least=least, most=most):
            return f"{name} if type({name}) is int and {least} <= {name} <= {most} else {known}[{name}]"
        case shapes.Number():
            kinds = f"{known}_int if type({name}) is int else {known}_float if type({name}) is float else {known}"
            return f"({kinds})[{name}]"
        case _:
            return f"{known}[{name}]"
