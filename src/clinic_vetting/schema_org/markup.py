"""The structured data of a page, JSON-LD and microdata alike, as things with their types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.extras import missing
from clinic_vetting.hints import unreadable
from clinic_vetting.words import joined, told, whole

MOST_BYTES: Final = 20_000_000
"""A page's size in bytes."""
_SCRIPTS: Final = "//script[starts-with(translate(@type, 'ADJLNOPICTS', 'adjlnopicts'), 'application/ld+json')]"
_TYPE: Final = "application/ld+json"


@frozen(eq=False)
class Thing:
    """One thing that a page describes.

    Attributes:
        types: Short names of its types, such as `MedicalBusiness`.
        values: What it says of each property; plain values and `Thing`s.
        id: Its address, by which other things refer to it.
        line: Of the script that holds it; 0 where that is not known.
    """

    types: tuple[str, ...]
    values: dict[str, tuple[Any, ...]]
    id: str | None = None
    line: int = 0

    def __str__(self) -> str:
        named = self.text("name") or self.text("headline") or self.id
        return joined(" ", "/".join(self.types) or told("note.import.page.thing"), repr(named) if named else "")

    def each(self, *names: str) -> Iterator[Any]:
        """Give what it says of some properties."""
        for name in names:
            yield from self.values.get(name, ())

    def things(self, *names: str) -> Iterator[Thing]:
        """Give the things that it says of some properties."""
        return (each for each in self.each(*names) if isinstance(each, Thing))

    def text(self, *names: str) -> str | None:
        """Give the first plain value of some properties, or the name of the thing there."""
        found = (each.text("name") if isinstance(each, Thing) else str(each).strip() for each in self.each(*names))
        return next((each for each in found if each), None)


@frozen(eq=False)
class Page:
    """A page's things, each once and with everything that the page says of it, in the order of the page.

    Attributes:
        name: The file's name as it was given.
        url: The page's own address, where it says one.
        things: Everything that has a type, what stands inside other things included.
        faults: What could not be read.
    """

    name: str
    url: str | None
    things: tuple[Thing, ...]
    faults: tuple[Fault, ...]


def open_page(path: str | Path) -> Page:
    """Read a saved page.

    Raises:
        InputError: It cannot be opened or is too large.
        ExtraError: extruct is not installed.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if len(data) > MOST_BYTES:
        expected, got = told("fault.page.bytes", most=whole(MOST_BYTES)), told("fault.page.larger")
        raise InputError([Fault(str(path), 0, "", expected, got)])
    return read_page(data, str(path))


def read_page(data: bytes, name: str = "<page>") -> Page:
    """Read a page's bytes.

    Raises:
        InputError: It is no page.
        ExtraError: extruct is not installed.
    """
    try:
        from lxml import etree, html  # noqa: PLC0415 - an extra, imported when used
    except ImportError:
        raise missing(extra="html-import", what=name) from None
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), huge_tree=False))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError([Fault(name, 0, "", told("fault.page.html"), shown(str(error)))]) from None
    faults: list[Fault] = []
    url = next(iter(root.xpath("string(//link[@rel='canonical']/@href)").split()), None)
    raw = [*_scripts(root, name, faults), *_microdata(root, name, url, faults)]
    try:
        found = _resolved([each for item, line in raw for each in _things(item, line)])
    except RecursionError:
        expected, got = told("fault.page.things_inside"), told("fault.page.levels_of_them")
        raise InputError([Fault(name, 0, "", expected, got)]) from None
    return Page(name, url if url and url.startswith("http") else None, tuple(found), tuple(faults))


def _encoding(data: bytes) -> str | None:
    """Take UTF-8 where it is; else what the page declares."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _scripts(root: Any, name: str, faults: list[Fault]) -> Iterator[tuple[Any, int]]:
    """Read each script by itself: a broken one costs no other."""
    from extruct.jsonld import JsonLdExtractor  # noqa: PLC0415 - an extra, imported when used

    for script in root.xpath(_SCRIPTS):
        script.set("type", _TYPE)
        line = script.sourceline or 0
        try:
            for item in JsonLdExtractor().extract_items(script):
                yield item, line
        except (ValueError, RecursionError) as error:
            got, hint = str(error), told("fault.page.script_left_out")
            faults.append(Fault(name, line, _TYPE, "JSON", shown(got) if got else told("fault.page.deep"), hint))


def _microdata(root: Any, name: str, url: str | None, faults: list[Fault]) -> Iterator[tuple[Any, int]]:
    from extruct.w3cmicrodata import MicrodataExtractor  # noqa: PLC0415 - an extra, imported when used

    try:
        for item in MicrodataExtractor().extract_items(root, url or ""):
            yield _as_json_ld(item), 0
    except (ValueError, RecursionError) as error:
        expected, got = told("fault.page.items_inside"), str(error)
        faults.append(Fault(name, 0, "microdata", expected, shown(got) if got else told("fault.page.levels")))


def _as_json_ld(value: Any) -> Any:
    """Give a microdata item the form that it would have in JSON-LD."""
    if isinstance(value, list):
        return [_as_json_ld(each) for each in value]
    if not isinstance(value, dict) or "properties" not in value:
        return value.get("value") if isinstance(value, dict) else value
    made = {key: _as_json_ld(each) for key, each in value["properties"].items()}
    return made | {"@type": value.get("type", ())} | ({"@id": value["id"]} if "id" in value else {})


def _things(item: Any, line: int) -> Iterator[Thing]:
    """Give the thing that an item is, then the things inside it."""
    if isinstance(item, list):
        for each in item:
            yield from _things(each, line)
    elif isinstance(item, dict) and "@graph" in item:
        yield from _things(item["@graph"], line)
    elif isinstance(item, dict):
        thing = _thing(item, line)
        yield thing
        for each in (inner for values in thing.values.values() for inner in values):
            yield from _inside(each)


def _inside(value: Any) -> Iterator[Thing]:
    if isinstance(value, Thing):
        yield value
        for each in (inner for values in value.values.values() for inner in values):
            yield from _inside(each)


def _thing(item: dict[str, Any], line: int) -> Thing:
    types = tuple(_short(str(each)) for each in _listed(item.get("@type")) if each)
    known = {key: each for key, each in item.items() if not str(key).startswith("@")}
    values = {_short(str(key)): tuple(_value(each, line) for each in _listed(value)) for key, value in known.items()}
    return Thing(types, values, str(item["@id"]) if item.get("@id") else None, line)


def _value(value: Any, line: int) -> Any:
    if isinstance(value, dict):
        return str(value["@value"]) if "@value" in value else _thing(value, line)
    return str(value)


def _listed(value: Any) -> list[Any]:
    """Give the values of a property, whether it has one, several or none."""
    items = value if isinstance(value, list | tuple) else [value]
    return [each for each in items if each is not None and not isinstance(each, list)]


def _short(name: str) -> str:
    """Give a name without the vocabulary's address."""
    return name.strip().rsplit("/", 1)[-1].rsplit("#", 1)[-1].removeprefix("schema:")


def _resolved(found: list[Thing]) -> list[Thing]:
    """Join what is said of one thing in several places; leave out what only refers to another."""
    merged: dict[object, Thing] = {}
    for each in found:
        key = each.id or id(each)
        known = merged.get(key)
        merged[key] = each if known is None else _joined(known, each)
    return [each for each in merged.values() if each.types and each.values]


def _joined(first: Thing, second: Thing) -> Thing:
    names = {**first.values, **second.values}
    values = {name: first.values.get(name) or second.values.get(name, ()) for name in names}
    return attrs.evolve(first, types=tuple(dict.fromkeys((*first.types, *second.types))), values=values)
