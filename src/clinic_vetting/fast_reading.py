"""A dossier's tree as a `Clinic` in one pass: what is as usual is read here, any doubt is left to the slow reader.

`print(readers().text)` shows the readers, made once from the very shapes that the slow reader follows.
"""

from __future__ import annotations

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
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.fast_source import FEW, MOST, Doubt, Memo, Names, clinic_reader, reader, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

Reads: TypeAlias = "Callable[..., Any]"
IDENTITY: Final = ("id", "name", "country", "region", "treatments")
RECORDS: Final = (
    "practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews", "replies", "waivers",
)  # fmt: skip
KEY: Final = shapes.Text(100, r"[^.\s]+", "keys without dots and spaces, of at most 100 characters")
_KINDS: Final = (
    Source, Statement, Licence, Training, Insurance, Practitioner, Authorisation, Supplier, Product, Registration,
    Notice, Sanction, Rating, Review, Reply, Waiver,
)  # fmt: skip
_MOST_SOURCES: Final = 1000
_MOST_ANSWERS: Final = 400
_PAIR: Final = 2
UNUSUAL: Final = (Doubt, KeyError, TypeError, ValueError)
"""What the fast readers raise."""


def _said(written: Any, sources: dict[str, Source], default: Source | None, add: Callable[[str], None]) -> Any:
    """Read one answer or several."""
    if type(written) is not list:
        return (_statement(written, sources, default, add),)
    if len(written) > FEW:
        raise Doubt
    return tuple([_statement(each, sources, default, add) for each in written])


def _statement(written: Any, sources: dict[str, Source], default: Source | None, add: Callable[[str], None]) -> Any:
    if type(written) is dict:
        return readers().statement(written, sources, default, add)
    if default is None:
        raise Doubt
    return Statement(readers().words[written], default)


class Readers(NamedTuple):
    """The compiled readers, with their source."""

    text: str
    source: Reads
    statement: Reads
    clinic: Reads
    words: Memo
    review: Reads


@cache
def readers() -> Readers:
    """Write and compile the readers, when they are first used."""
    names = Names(Doubt=Doubt, said=_said, text_of=text_of, texts_of=texts_of)
    written = [*(reader(each, names) for each in _KINDS), clinic_reader(Clinic, IDENTITY, RECORDS, names)]
    text, found = "\n\n\n".join(written), dict(names)
    exec(compile(text, "<fast readers>", "exec"), found)  # noqa: S102 - made of our own shapes alone
    words = found[names.memo(attrs.fields(Statement).answer.metadata["shape"])]
    made = [found[f"read_{each}"] for each in ("Source", "Statement", "Clinic")]
    return Readers(text, made[0], made[1], made[2], words, found["read_Review"])


def _full_ids(category: str) -> Memo:
    KEY.parse(_exact(category))
    return Memo(lambda criterion: f"{category}.{KEY.parse(_exact(criterion))}", most=1000)


def _exact(key: Any) -> str:
    if type(key) is not str:
        raise Doubt
    return key


_IDS: Final = Memo(_full_ids, most=100)
"""Full ids by category and criterion."""


def read_tree(tree: Any) -> Clinic:
    """Read a dossier as `json.loads` gives it.

    Raises:
        Doubt, KeyError, TypeError, ValueError: It may be at fault; only the slow reader can tell.
    """
    if type(tree) is not dict:
        raise Doubt
    version, left, texts, get = tree["dossier"], len(tree) - 2, [], tree.get  # type: tuple[Any, int, list[str], Any]
    if version != "1" and (version != 1 or type(version) is not int):
        raise Doubt
    add = texts.append
    left -= ("sources" in tree) + ("default_source" in tree) + ("answers" in tree) + ("reviews" in tree)
    sources = _sources(get("sources"), add)
    default = get("default_source")
    default = None if default is None or default == "" else sources[default]
    answers = _answers(get("answers"), sources, default, add)
    reviews = _reviews(get("reviews"), add)
    clinic: Clinic = readers().clinic(tree["clinic"], tree, left, answers, reviews, sources, default, add)
    _check(texts)
    return clinic


def _check(texts: list[str]) -> None:
    """Check what is the same for all texts: none empty or blank, no NUL, no half characters."""
    together = "".join(texts)
    if not together.isascii():
        together.encode()
    if "\0" in together or not all(texts) or True in map(str.isspace, texts):
        raise Doubt


def _reviews(written: Any, add: Callable[[str], None]) -> tuple[Review, ...]:
    if written is None or written == "":
        return ()
    if type(written) is not list or len(written) > MOST["reviews"]:
        raise Doubt
    read = readers().review
    return tuple([read(each, {}, None, add) for each in written])


def _sources(written: Any, add: Callable[[str], None]) -> dict[str, Source]:
    if written is None or written == "":
        return {}
    if type(written) is not dict or len(written) > _MOST_SOURCES:
        raise Doubt
    sources, read = {}, readers().source
    for key, inner in written.items():
        if type(key) is not str or len(key) > 100:
            raise Doubt
        add(key)
        sources[key] = read(inner, key, None, None, add)
    return sources


def _answers(
    written: Any, sources: dict[str, Source], default: Source | None, add: Callable[[str], None]
) -> dict[str, tuple[Statement, ...]]:
    """Read direct answers; what one source answers alike to several questions is one statement."""
    found: dict[str, tuple[Statement, ...]] = {}
    if written is None or written == "":
        return Answers()
    if type(written) is not dict:
        raise Doubt
    alike: dict[tuple[Any, Any], tuple[Statement, ...]] = {}
    read = readers().statement
    for category, inner in written.items():
        ids = _IDS[category]
        if type(inner) is not dict:
            raise Doubt
        for criterion, said in inner.items():
            if type(said) is dict and len(said) == _PAIR and "source" in said:
                pair = said["answer"], said["source"]
                statements = alike.get(pair)
                if statements is None:
                    statements = alike[pair] = (read(said, sources, default, add),)
                found[ids[criterion]] = statements
            elif statements := _said(said, sources, default, add):
                found[ids[criterion]] = statements
    if len(found) > _MOST_ANSWERS:
        raise Doubt
    return Answers(found)
