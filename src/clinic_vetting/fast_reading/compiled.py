"""The readers of records, compiled once: of records that are frozen, or of twins that are not.

`print(readers(frozen=True).text)` shows them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import attrs

from clinic_vetting.clinic import (
    Authorisation,
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
from clinic_vetting.evidence import Source, Statement
from clinic_vetting.fast_reading.keys import IDS
from clinic_vetting.fast_reading.limits import ANSWERS, FEW
from clinic_vetting.fast_reading.making import clinic_maker, maker, twin
from clinic_vetting.fast_reading.memo import Doubt, Memo, Names, once, text_of, texts_of
from clinic_vetting.fast_reading.trees import draft_reader, reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.fast_reading.draft import Said

Reads: TypeAlias = "Callable[..., Any]"
Tree: TypeAlias = "dict[str, Any]"
Sources: TypeAlias = "dict[str, Source]"
IDENTITY: Final = ("id", "name", "country", "region", "treatments")
RECORDS: Final = (
    "practitioners", "products", "registrations", "notices", "sanctions", "ratings", "reviews", "possible_matches",
    "replies", "waivers",
)  # fmt: skip
KINDS: Final = (
    Source, Statement, Licence, Training, Insurance, Practitioner, Authorisation, Supplier, Product, Registration,
    Notice, Sanction, Rating, Review, PossibleMatch, Reply, Waiver,
)  # fmt: skip


_CALLED: Final = {
    "source": "read_Source", "statement": "read_Statement", "draft": "read_draft",
    "make_statement": "make_Statement", "make_review": "make_Review", "make_clinic": "make_Clinic",
}  # fmt: skip
_PAIR: Final = 2


class Readers(NamedTuple):
    """The compiled readers, with their source."""

    text: str
    words: Memo
    source: Reads
    statement: Reads
    draft: Reads
    make_statement: Reads
    make_review: Reads
    make_clinic: Reads

    def answers(
        self, written: Any, sources: Sources, default: Source | None, texts: list[str], trees: list[Tree]
    ) -> list[Said]:
        """Read direct answers; most name one source and say no more."""
        found: list[Said] = []
        if written is None or written == "":
            return found
        if type(written) is not dict:
            raise Doubt
        trees.append(written)
        words = self.words
        for category, inner in written.items():
            ids = IDS[category]
            if type(inner) is not dict:
                raise Doubt
            trees.append(inner)
            for criterion, said in inner.items():
                full = ids[criterion]
                if type(said) is dict and len(said) == _PAIR and "source" in said:
                    trees.append(said)
                    found.append((full, words[said["answer"]], sources[said["source"]]))
                elif statements := self.said(said, sources, default, texts, trees):
                    found.append((full, None, statements))
        if len(written) > ANSWERS or sum(map(len, written.values())) > ANSWERS:
            raise Doubt
        return found

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
def names() -> Names:
    """Give what all readers name: classes, and one memo for all equal shapes."""
    return Names(Doubt=Doubt, text_of=text_of, texts_of=texts_of)


@cache
def _written() -> str:
    """Write the readers."""
    named = names()
    read = [reader(each, named) for each in KINDS]
    made = [maker(Statement, named), maker(Review, named), clinic_maker(named)]
    return "\n\n\n".join([*read, *made, draft_reader(IDENTITY, RECORDS, named)])


def compiled(text: str, file: str, *, frozen: bool) -> dict[str, Any]:
    """Compile readers: of records that are frozen, or of twins that are not."""
    found = dict(names())
    if not frozen:
        found |= {each.__name__: twin(each) for each in KINDS}
    exec(compile(text, file, "exec"), found)  # noqa: S102 - made of our own shapes alone
    return found


@once
def readers(*, frozen: bool) -> Readers:
    """Compile the readers, when they are first used."""
    found = compiled(_written(), "<fast readers>", frozen=frozen)
    words = found[names().memo(attrs.fields(Statement).answer.metadata["shape"])]
    made = Readers(_written(), words, **{name: found[each] for name, each in _CALLED.items()})
    found["said"] = made.said
    return made
