"""Every review of a clinic read: who tells what, what was not read, and which two reports are independent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs
from attrs import frozen

from clinic_vetting.clinic import Review
from clinic_vetting.dates import Span
from clinic_vetting.reviews.harm import Account, read_clean
from clinic_vetting.reviews.signals import signals
from clinic_vetting.reviews.similar import ALIKE, jaccard, shingles
from clinic_vetting.reviews.words import clean, plain_words
from clinic_vetting.words import Told, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.reviews.signals import Signal

FRESH: Final = Span.parse("6 months")
"""Two reports of one pattern are written within this span."""
_EVERY_FIELD: Final = attrgetter(*attrs.fields_dict(Review))
_NOBODY: Final = frozenset(
    {"anonymous", "anon", "anonymous user", "a google user", "google user", "usuario de google", "un usuario de google"}
    | {"anonimo", "anonima", "user", "usuario", "guest", "invitado", "n a", "none", "unknown", "desconocido"}
)
"""Names that platforms and people write where there is none."""


@frozen
class Read:
    """One review, and what its text tells."""

    review: Review
    account: Account

    @property
    def author(self) -> str:
        """Who wrote it, as names are compared: empty where there is no name, or one that names nobody."""
        words = [each for each in plain_words(clean(self.review.author or "")) if not each.isdecimal()]
        name = " ".join(words)
        return "" if name in _NOBODY or len("".join(words)) <= 1 else name

    @property
    def is_anonymous(self) -> bool:
        """Say whether nothing tells who wrote it: neither a name nor a platform's mark."""
        return not self.author and not self.review.verified

    def quoted(self) -> Told:
        """Cite the worst that it tells, in its own words."""
        worst = max(self.account.told, key=lambda each: each.harm, default=None)
        return self.with_quote(worst.quote, worst.event.term) if worst else self.with_quote("", "")

    def with_quote(self, quote: str, about: str) -> Told:
        """Cite a quote with its day and platform."""
        day = self.review.date or told("label.undated")
        values = {"day": day, "platform": short_name(self.review.platform), "quote": quote.strip(), "about": about}
        return told("reviews.quote_about" if about else "reviews.quote", **values)


@frozen
class Reading:
    """What all reviews of a clinic tell on a day.

    Attributes:
        reviews: Those written by that day, in an order of their own.
        read: Those with a text in a language that is read, and what it tells.
        unread: How many texts are in another language, by its code.
        signals: Signs of manipulation.
    """

    reviews: tuple[Review, ...]
    read: tuple[Read, ...]
    unread: dict[str, int]
    signals: tuple[Signal, ...]

    def newest(self, which: Callable[[Account], bool]) -> list[Read]:
        """Give the readings of which something holds, the newest first."""
        found = [each for each in self.read if which(each.account)]
        return sorted(found, key=lambda each: each.review.date or dt.date.min, reverse=True)


def analyse(clinic: Clinic, as_of: dt.date) -> Reading:
    """Read every review written by a day; those on platforms the clinic controls make no signal."""
    written = sorted((each for each in clinic.reviews if each.date is None or each.date <= as_of), key=_order)
    texts = [clean(each.text) if each.text else "" for each in written]
    words = [plain_words(each) for each in texts]
    accounts = [
        (review, read_clean(text, frozenset(each)))
        for review, text, each in zip(written, texts, words, strict=True)
        if each
    ]
    read = tuple(Read(review, account) for review, account in accounts if account.read)
    unread = Counter(account.language for _, account in accounts if not account.read)
    free = [i for i, each in enumerate(written) if each.independent]
    found = signals([written[i] for i in free], [words[i] for i in free])
    return Reading(tuple(written), read, dict(sorted(unread.items())), tuple(found))


def are_independent(one: Read, other: Read) -> bool:
    """Say whether two dated reports are by different people on different days in different words, within `FRESH`.

    Two that are both anonymous may be one person's, and are not.
    """
    days = sorted(each.review.date for each in (one, other) if each.review.date)
    one_person = (one.is_anonymous and other.is_anonymous) or "" != one.author == other.author
    return days[0] < days[1] <= FRESH.after(days[0]) and not one_person and not _repeat(one, other)


def _repeat(one: Read, other: Read) -> bool:
    words = [plain_words(clean(each.review.text or "")) for each in (one, other)]
    return words[0] == words[1] or jaccard(shingles(words[0]), shingles(words[1])) >= ALIKE


def _order(review: Review) -> tuple[dt.date, tuple[str, ...]]:
    return review.date or dt.date.min, tuple(map(str, _EVERY_FIELD(review)))


def short_name(platform: str) -> str:
    """Give a platform's name as it can be shown; the clinic's own page is named in the reader's language."""
    name, own = clean(platform)[:40].strip(), told("source.own_page")
    return own if name == own else name
