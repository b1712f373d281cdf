"""A dossier's tree as a `Clinic` in one pass: what is as usual is read here, any doubt is left to the slow reader.

`print(readers(frozen=True).text)` shows the readers, made once from the very shapes that the slow reader follows.
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
from clinic_vetting.fast_reviews import read_reviews
from clinic_vetting.fast_source import (
    FEW,
    Doubt,
    Memo,
    Names,
    clinic_maker,
    draft_reader,
    maker,
    reader,
    sealed,
    text_of,
    texts_of,
    twin,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.draft import Draft, Said
    from clinic_vetting.evidence import Answer

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


class Readers(NamedTuple):
    """The compiled readers, with their source."""

    text: str
    source: Reads
    statement: Reads
    draft: Reads
    make_statement: Reads
    make_review: Reads
    make_clinic: Reads
    words: Memo

    def said(
        self, written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]
    ) -> tuple[Statement, ...]:
        """Read one answer or several."""
        if type(written) is not list:
            return (self._one(written, sources, default, texts, trees),)
        if len(written) > FEW:
            raise Doubt
        return tuple([self._one(each, sources, default, texts, trees) for each in written])

    def _one(
        self, written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]
    ) -> Statement:
        if type(written) is dict:
            statement: Statement = self.statement(written, sources, default, texts, trees)
        elif default is None:
            raise Doubt
        else:
            statement = self.make_statement((self.words[written], default, None, None, None, None))
        return statement


@cache
def _written() -> tuple[str, Names]:
    """Write the readers, with what they name."""
    names = Names(Doubt=Doubt, text_of=text_of, texts_of=texts_of)
    read = [reader(each, names) for each in _KINDS]
    made = [maker(Statement, names), maker(Review, names), clinic_maker(names)]
    return "\n\n\n".join([*read, *made, draft_reader(IDENTITY, RECORDS, names)]), names


@cache
def readers(*, frozen: bool) -> Readers:
    """Compile the readers, when they are first used: of records that are frozen, or of twins that are not."""
    text, names = _written()
    found = dict(names) if frozen else {**names, **{each.__name__: twin(each) for each in _KINDS}}
    exec(compile(text, "<fast readers>", "exec"), found)  # noqa: S102 - made of our own shapes alone
    called = ("read_Source", "read_Statement", "read_draft", "make_Statement", "make_Review", "make_Clinic")
    words = found[names.memo(attrs.fields(Statement).answer.metadata["shape"])]
    made = Readers(text, *[found[each] for each in called], words)
    found["said"] = made.said
    return made


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
    return _clinic(_draft(tree, [], [], readers(frozen=True)))


def read_draft(tree: object) -> Draft:
    """Read a dossier as `json.loads` gives it, and freeze nothing.

    Raises:
        Doubt, KeyError, TypeError, ValueError: As `read_tree`.
    """
    return _draft(tree, [], [], readers(frozen=False))


def made_of(draft: Draft) -> Clinic:
    """Make the clinic of a draft: its records and sources are frozen, and the draft is as good as before."""
    for name in RECORDS:
        sealed(getattr(draft, name))
    for _, _, said in draft.answers:
        sealed(said)
    return _clinic(draft)


def _clinic(draft: Draft) -> Clinic:
    """Make the clinic of a draft whose records are frozen."""
    made = readers(frozen=True)
    reviews = tuple(map(made.make_review, zip(*draft.reviews, strict=True)))
    clinic: Clinic = made.make_clinic(draft, reviews, _statements(draft, made.make_statement))
    return clinic


def _statements(draft: Draft, make: Reads) -> Answers:
    """Give direct answers; what one source answers alike to several questions is one statement."""
    found: dict[str, tuple[Statement, ...]] = {}
    alike: dict[tuple[Answer, str], tuple[Statement, ...]] = {}
    for key, answer, said in draft.answers:
        if answer is None:
            found[key] = said
            continue
        case = answer, said.id
        if case not in alike:
            alike[case] = (make((answer, said, None, None, None, None)),)
        found[key] = alike[case]
    return Answers(found)


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
    draft = _draft(tree, texts, trees, readers(frozen=True))
    if escaped or colons != sum(map(len, trees)) + sum([each.count(":") for each in texts]):
        raise Doubt
    return _clinic(draft)


def _draft(tree: Any, texts: list[str], trees: list[Tree], read: Readers) -> Draft:
    """Read a dossier; gather its texts, and its mappings in no order."""
    if type(tree) is not dict:
        raise Doubt
    version, left, get = tree["dossier"], len(tree) - 2, tree.get
    if version != "1" and (version != 1 or type(version) is not int):
        raise Doubt
    left -= ("sources" in tree) + ("default_source" in tree) + ("answers" in tree) + ("reviews" in tree)
    sources = _sources(get("sources"), texts, trees, read.source)
    default = get("default_source")
    default = None if default is None or default == "" else sources[default]
    answers = _answers(get("answers"), sources, default, texts, trees, read)
    reviews = read_reviews(get("reviews"), texts, trees)
    draft: Draft = read.draft(tree["clinic"], tree, left, answers, reviews, sources, default, texts, trees)
    _check(texts)
    return draft


def _check(texts: list[str]) -> None:
    """Check what is the same for all texts: none empty or blank, no NUL, no half characters."""
    together = "".join(texts)
    if not together.isascii():
        together.encode()
    if "\0" in together or not all(texts) or True in map(str.isspace, texts):
        raise Doubt


def _sources(written: Any, texts: list[str], trees: list[Tree], read: Reads) -> Sources:
    if written is None or written == "":
        return {}
    if type(written) is not dict or len(written) > _MOST_SOURCES:
        raise Doubt
    trees.append(written)
    sources = {}
    for key, inner in written.items():
        if type(key) is not str or len(key) > 100:
            raise Doubt
        texts.append(key)
        sources[key] = read(inner, key, None, None, texts, trees)
    return sources


def _answers(
    written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree], read: Readers
) -> list[Said]:
    """Read direct answers; most name one source and say no more."""
    found: list[Said] = []
    if written is None or written == "":
        return found
    if type(written) is not dict:
        raise Doubt
    trees.append(written)
    words = read.words
    for category, inner in written.items():
        ids = _IDS[category]
        if type(inner) is not dict:
            raise Doubt
        trees.append(inner)
        for criterion, said in inner.items():
            if type(said) is dict and len(said) == _PAIR and "source" in said:
                trees.append(said)
                found.append((ids[criterion], words[said["answer"]], sources[said["source"]]))
            elif statements := read.said(said, sources, default, texts, trees):
                found.append((ids[criterion], None, statements))
    if len(found) > _MOST_ANSWERS:
        raise Doubt
    return found
