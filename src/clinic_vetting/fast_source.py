"""Readers of checked records, written as Python source from the same shapes that the slow reader follows.

Each function reads one class from a dict such as `json.loads` gives, as strictly as its shapes do, or raises:
`Doubt`, or the `KeyError`, `TypeError` or `ValueError` of what it tried. Then the slow reader decides.
`print(fast_reading.readers().text)` shows all of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import Clinic, is_region_of
from clinic_vetting.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FEW: Final = 24
"""The longest list within a record that is read fast; so no document read fast has too many values."""
MOST: Final = {"practitioners": 40, "products": 100, "reviews": 8000}
"""The same for lists of records, each by name; others hold at most 500, or what their shape allows."""
_LARGE: Final = 10**15
_ARGUMENTS: Final = "sources, default, texts, trees"
_KINDS: Final[dict[type, type[attrs.AttrsInstance]]] = {}
"""By twin, the class that it is like."""


class Doubt(Exception):  # noqa: N818 - no error of anybody's; the slow reader decides
    """Something that only the slow reader can tell right from wrong."""


class Memo(dict[Any, Any]):
    """What texts or numbers were read as, each once; bounded."""

    __slots__ = ("always", "most", "read")

    def __init__(self, read: Callable[[Any], Any], always: dict[Any, Any] | None = None, most: int = 5000) -> None:
        super().__init__(always or {})
        self.read, self.always, self.most = read, dict(self), most

    def __missing__(self, written: Any) -> Any:
        value = self.read(written)
        if len(self) >= self.most:
            self.clear()
            self.update(self.always)
        if written:  # 0.0 and -0.0 are one key and two texts
            self[written] = value
        return value


def text_of(written: Any) -> str:
    """Write a number or a truth value as the slow reader does."""
    if type(written) is bool:
        return "true" if written else "false"
    if (type(written) is int and abs(written) < _LARGE) or type(written) is float:
        return str(written)
    raise Doubt


def texts_of(written: Any, items: int, most: int, texts: list[str]) -> tuple[str, ...]:
    """Read a list of texts: so many at most, and so long at most."""
    if type(written) is not list or len(written) > items:
        raise Doubt
    read = tuple([each if type(each) is str else text_of(each) for each in written])
    for each in read:
        if len(each) > most:
            raise Doubt
    texts += read
    return read


class Names(dict[str, Any]):
    """What the source names: classes, and one memo for all equal shapes."""

    def memo(self, shape: Any, blank: object = attrs.NOTHING) -> str:
        """Name what texts come to by a shape; nothing comes to `blank`, where it may be left out."""
        key = repr(shape) if attrs.has(type(shape)) else type(shape).__name__
        name = self._memos.setdefault((key, repr(blank)), f"memo_{len(self._memos)}")
        if name not in self:
            self[name] = Memo(text_by(shape), {} if blank is attrs.NOTHING else {None: blank, "": blank})
            if isinstance(shape, shapes.Number):
                self[f"{name}_int"], self[f"{name}_float"] = Memo(number_by(shape)), Memo(number_by(shape))
        return name

    def constant(self, value: object) -> str:
        """Name a value that a field has where nothing is written."""
        if value is None or value is True or value == ():
            return repr(value)
        name = f"{type(value).__name__}_{value}"
        self[name] = value
        return name

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._memos: dict[tuple[str, str], str] = {}


def text_by(shape: shapes.Scalar) -> Callable[[Any], Any]:
    """Give what reads a text by a shape; all else is a doubt."""

    def read(written: Any) -> Any:
        if type(written) is not str or not written:
            raise Doubt
        return shape.parse(written)

    return read


def number_by(shape: shapes.Number) -> Callable[[Any], Any]:
    """Give what reads a number by a shape, as it prints."""
    return lambda written: shape.parse(str(written))


def fields_of(kind: type[attrs.AttrsInstance]) -> list[attrs.Attribute[Any]]:
    """List the fields that a document may hold."""
    return [each for each in attrs.fields(kind) if "shape" in each.metadata]


def reader(kind: type[attrs.AttrsInstance], names: Names) -> str:
    """Write the reader of a class; what it names besides builtins goes into `names`."""
    asked = [each for each in attrs.fields(kind) if each.init and not each.metadata]
    given = [each.name for each in asked if each.default is attrs.NOTHING]
    lines = [f"def read_{kind.__name__}({', '.join(['tree', *given])}, {_ARGUMENTS}):"]
    lines += _within([*_reading(fields_of(kind), "tree", "", names), *making(kind, names), "return made"])
    return "\n".join(lines)


def maker(kind: type[attrs.AttrsInstance], names: Names) -> str:
    """Write what makes an instance of all its values, in the order of its fields, that have been checked."""
    values = ", ".join(f"made.{each.name}" for each in attrs.fields(kind))
    lines = [*_new(kind, names), f"{values} = values", f"made.__class__ = {kind.__name__}", "return made"]
    return "\n".join([f"def make_{kind.__name__}(values):", *_within(lines)])


def draft_reader(identity: Iterable[str], lists: Iterable[str], names: Names) -> str:
    """Write the reader of a whole dossier: its identity from one dict, its records from another."""
    fields, records = attrs.fields_dict(Clinic), [each for each in lists if each != "reviews"]
    own, held = [fields[each] for each in identity], [fields[each] for each in records]
    names |= {"is_region_of": is_region_of, "Draft": Draft, "new": object.__new__}
    lines = [*_reading(own, "tree", "", names), *_reading(held, "root", "left_in_root", names)]
    lines += ["if not is_region_of(region, country): raise Doubt", "made = new(Draft)"]
    lines += [f"made.{each} = {each}" for each in (*identity, *records, "answers", "reviews")]
    head = f"def read_draft(tree, root, left_in_root, answers, reviews, {_ARGUMENTS}):"
    return "\n".join([head, *_within([*lines, "return made"])])


def clinic_maker(names: Names) -> str:
    """Write what makes a clinic of a draft, with its reviews and answers as a clinic has them."""
    apart = ("reviews", "answers")
    taken = [(each.name, each.name if each.name in apart else f"draft.{each.name}") for each in attrs.fields(Clinic)]
    lines = [*_new(Clinic, names), *(f"made.{name} = {value}" for name, value in taken), "made.__class__ = Clinic"]
    return "\n".join(["def make_Clinic(draft, reviews, answers):", *_within([*lines, "return made"])])


def making(kind: type[attrs.AttrsInstance], names: Names) -> Iterator[str]:
    """Write how an instance is made whose fields have been checked.

    A twin of the class, that is not frozen, takes the values; then it becomes one of the class that `names`
    calls by its name: the class itself, or for a draft the twin again.
    """
    yield from _new(kind, names)
    written = {each.name for each in fields_of(kind)}
    for each in (each for each in attrs.fields(kind) if each.init):
        here = each.name in written or each.default is attrs.NOTHING
        yield f"made.{each.name} = {each.name if here else repr(each.default)}"
    yield f"made.__class__ = {kind.__name__}"
    if order := getattr(kind, "ORDER", None):
        first, second = order
        yield f"if {first} is not None and {second} is not None and {second} < {first}: raise Doubt"
    if not all(each.init for each in attrs.fields(kind)):
        yield "made.__attrs_post_init__()"


def _new(kind: type[attrs.AttrsInstance], names: Names) -> Iterator[str]:
    own = kind.__name__
    names |= {own: kind, f"{own}_twin": twin(kind), "new": object.__new__}
    yield f"made = new({own}_twin)"


@cache
def twin(kind: type[attrs.AttrsInstance]) -> type[Any]:
    """Give the class that is like another and not frozen."""
    free = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    made = type(kind.__name__, (kind,), free)
    _KINDS[made] = kind
    return made


def sealed(value: Any) -> Any:
    """Freeze a twin, or each of several, with all twins inside it: each becomes one of the class itself."""
    if value.__class__ is tuple:
        for each in value:
            sealed(each)
    elif value.__class__ in _KINDS:
        kind = _KINDS[value.__class__]
        for each in attrs.fields(kind):
            sealed(getattr(value, each.name))
        value.__class__ = kind
    return value


def _within(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


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
    yield from _within(value)
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
        case shapes.Many(item=shapes.Text(pattern="", most=most) as item, most=items) if type(item) is shapes.Text:
            if shape.single:
                yield f"if type({name}) is str and {name}: {name} = [{name}]"
            yield from _unless_blank(name, f"texts_of({name}, {min(items, FEW)}, {most}, texts)", blank)
        case shapes.Many(item=shapes.Record(kind=kind), single=single, most=most):
            fast = FEW if single else MOST.get(name, 500)
            yield from _list(name, kind.__name__, min(most, fast), single=single)
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
