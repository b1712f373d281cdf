"""A dossier's tree as a `Clinic` in one pass: what is as usual is read here, any doubt is left to the slow reader.

`print(readers().text)` shows the readers, made once from the very shapes that the slow reader follows.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from clinic_vetting import shapes
from clinic_vetting.clinic import (
    Answers,
    Authorisation,
    Clinic,
    Insurance,
    Licence,
    Notice,
    PossibleMatch,
    Practitioner,
    Product,
    Rating,
    Registration,
    Reply,
    Review,
    Sanction,
    Supplier,
    Training,
    Waiver,
)
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.fast_source import (
    FEW,
    MOST,
    Doubt,
    Memo,
    Names,
    clinic_reader,
    list_reader,
    reader,
    text_of,
    texts_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Reads: TypeAlias = "Callable[..., Any]"
Tree: TypeAlias = "dict[str, Any]"
Sources: TypeAlias = "dict[str, Source]"
IDENTITY: Final = ("id", "name", "country", "region", "treatments")
RECORDS: Final = (
    "practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews", "possible_matches",
    "replies", "waivers",
)  # fmt: skip
KEY: Final = shapes.Text(100, r"[^.\s]+", "key")
_KINDS: Final = (
    Source, Statement, Licence, Training, Insurance, Practitioner, Authorisation, Supplier, Product, Registration,
    Notice, Sanction, Rating, Review, PossibleMatch, Reply, Waiver,
)  # fmt: skip
_MOST_SOURCES: Final = 1000
_MOST_ANSWERS: Final = 400
_PAIR: Final = 2
UNUSUAL: Final = (Doubt, KeyError, TypeError, ValueError, RecursionError)
"""What the fast readers raise."""


def _said(written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]) -> Any:
    """Read one answer or several."""
    if type(written) is not list:
        return (_statement(written, sources, default, texts, trees),)
    if len(written) > FEW:
        raise Doubt
    return tuple([_statement(each, sources, default, texts, trees) for each in written])


def _statement(written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]) -> Any:
    if type(written) is dict:
        return readers().statement(written, sources, default, texts, trees)
    if default is None:
        raise Doubt
    return Statement(readers().words[written], default)


class Readers(NamedTuple):
    """The compiled readers, with their source."""

    text: str
    source: Reads
    statement: Reads
    clinic: Reads
    reviews: Reads
    words: Memo


@cache
def readers() -> Readers:
    """Write and compile the readers, when they are first used."""
    names = Names(Doubt=Doubt, said=_said, text_of=text_of, texts_of=texts_of)
    written = [*(reader(each, names) for each in _KINDS), list_reader(Review, names)]
    text, found = "\n\n\n".join([*written, clinic_reader(Clinic, IDENTITY, RECORDS, names)]), dict(names)
    exec(compile(text, "<fast readers>", "exec"), found)  # noqa: S102 - made of our own shapes alone
    source, statement, clinic, reviews = (
        found[f"read_{each}"] for each in ("Source", "Statement", "Clinic", "many_Review")
    )
    words = found[names.memo(attrs.fields(Statement).answer.metadata["shape"])]
    return Readers(text, source, statement, clinic, reviews, words)


def _full_ids(category: str) -> Memo:
    KEY.parse(_exact(category))
    return Memo(lambda criterion: f"{category}.{KEY.parse(_exact(criterion))}", most=1000)


def _exact(key: Any) -> str:
    if type(key) is not str:
        raise Doubt
    return key


_IDS: Final = Memo(_full_ids, most=100)
"""Full ids by category and criterion."""


def read_tree(tree: object) -> Clinic:
    """Read a dossier as `json.loads` gives it.

    Raises:
        Doubt, KeyError, TypeError, ValueError: It may be at fault; only the slow reader can tell.
    """
    return _read(tree, [], [])


_decode_text: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=text_of).decode
"""Numbers stay as they were written."""


def read_json(data: str | bytes) -> Clinic:
    """Read a dossier from JSON, as a document of the same text is read.

    Raises:
        Doubt, KeyError, TypeError, ValueError, RecursionError: As `read_tree`, or it is no JSON.
    """
    if len(data) > MAX_BYTES:
        raise Doubt
    text = data if isinstance(data, str) else data.decode()
    return read_decoded(_decode_text(text), text.count(":"), escaped="\\u003" in text)


def read_decoded(tree: object, colons: int, *, escaped: bool) -> Clinic:
    """Read a dossier as a JSON decoder gives it that keeps the last of repeated keys, which no document may have.

    In JSON a colon follows each key, and all others stand within texts. Where there are no more than the
    tree's keys and texts ask for, no key was repeated; an escaped colon would hide one.

    Raises:
        Doubt, KeyError, TypeError, ValueError: As `read_tree`.
    """
    texts: list[str] = []
    trees: list[Tree] = []
    clinic = _read(tree, texts, trees)
    if escaped or colons != sum(map(len, trees)) + sum([each.count(":") for each in texts]):
        raise Doubt
    return clinic


def _read(tree: Any, texts: list[str], trees: list[Tree]) -> Clinic:
    """Read a dossier; gather its texts, and its mappings in no order."""
    if type(tree) is not dict:
        raise Doubt
    version, left, get = tree["dossier"], len(tree) - 2, tree.get
    if version != "1" and (version != 1 or type(version) is not int):
        raise Doubt
    left -= ("sources" in tree) + ("default_source" in tree) + ("answers" in tree) + ("reviews" in tree)
    sources = _sources(get("sources"), texts, trees)
    default = get("default_source")
    default = None if default is None or default == "" else sources[default]
    answers = _answers(get("answers"), sources, default, texts, trees)
    reviews = _reviews(get("reviews"), texts, trees)
    clinic: Clinic = readers().clinic(tree["clinic"], tree, left, answers, reviews, sources, default, texts, trees)
    _check(texts)
    return clinic


def _check(texts: list[str]) -> None:
    """Check what is the same for all texts: none empty or blank, no NUL, no half characters."""
    together = "".join(texts)
    if not together.isascii():
        together.encode()
    if "\0" in together or not all(texts) or True in map(str.isspace, texts):
        raise Doubt


def _reviews(written: Any, texts: list[str], trees: list[Tree]) -> Any:
    if written is None or written == "":
        return ()
    if type(written) is not list or len(written) > MOST["reviews"]:
        raise Doubt
    return readers().reviews(written, texts, trees)


def _sources(written: Any, texts: list[str], trees: list[Tree]) -> Sources:
    if written is None or written == "":
        return {}
    if type(written) is not dict or len(written) > _MOST_SOURCES:
        raise Doubt
    trees.append(written)
    sources, read = {}, readers().source
    for key, inner in written.items():
        if type(key) is not str or len(key) > 100:
            raise Doubt
        texts.append(key)
        sources[key] = read(inner, key, None, None, texts, trees)
    return sources


def _answers(written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]) -> Answers:
    """Read direct answers; what one source answers alike to several questions is one statement."""
    found: dict[str, tuple[Statement, ...]] = {}
    if written is None or written == "":
        return Answers()
    if type(written) is not dict:
        raise Doubt
    trees.append(written)
    alike: dict[tuple[Any, Any], tuple[Statement, ...]] = {}
    read = readers().statement
    for category, inner in written.items():
        ids = _IDS[category]
        if type(inner) is not dict:
            raise Doubt
        trees.append(inner)
        for criterion, said in inner.items():
            if type(said) is dict and len(said) == _PAIR and "source" in said:
                pair = said["answer"], said["source"]
                statements = alike.get(pair)
                if statements is None:
                    statements = alike[pair] = (read(said, sources, default, texts, trees),)
                else:
                    trees.append(said)
                found[ids[criterion]] = statements
            elif statements := _said(said, sources, default, texts, trees):
                found[ids[criterion]] = statements
    if len(found) > _MOST_ANSWERS:
        raise Doubt
    return Answers(found)
