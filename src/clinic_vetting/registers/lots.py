"""Lots in the free text of a recall, read with care: what is not surely a lot of it never counts as one.

Dates, NDCs, UPCs and catalogue numbers stand between the lots, and lots are written as lists, with blanks inside, and
as ranges. A range is no list: `00112 through 10412` are days and years, and 05013, which is between, was not recalled.
Where a text makes an exception, or says anything but lots, dates and numbers, which of its lots are meant takes a
reader: none is named, and any may be.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from attrs import frozen

from clinic_vetting import gs1
from clinic_vetting.registers.lot import BEFORE_LOTS, bare, has_digit, plain, shape, spellings
from clinic_vetting.registers.recall_text import makes_exception


class Cover(StrEnum):
    """Whether a recall names a lot."""

    YES = "named"
    UNCLEAR = "perhaps meant"
    NO = "not named"


@frozen
class Lots:
    """The lots of a recall.

    Attributes:
        named: Those that it surely names, as `plain` writes them.
        maybe: Words that may be one.
        ranges: First and last of each range.
        every: Whether it says that all lots are meant, and nothing else.
        open: Whether its lots are told in a way that cannot be listed.
    """

    named: frozenset[str]
    maybe: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    every: bool = False
    open: bool = False

    def covers(self, lot: str | None) -> Cover:
        """Say whether a lot is meant; of a pack whose lot nobody knows it is unclear."""
        wanted = plain(lot or "")
        if self.every or wanted in self.named:
            return Cover.YES
        between = any(len(wanted) == len(first) and first <= wanted <= last for first, last in self.ranges)
        alike = not {bare(each) for each in spellings(lot or "")}.isdisjoint(map(bare, self.named | self.maybe))
        return Cover.UNCLEAR if not wanted or self.open or between or alike else Cover.NO


_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_NOT_LOTS: Final = re.compile(
    rf"""
    \b(?=\w)(?:
    \b\d{{1,2}}[-/ ]?{_MONTH}[-/ ,]?\s?(?:\d{{4}}|\d{{2}})\b | \b{_MONTH}[-/ ]?(?:\d{{1,2}},\s?)?\d{{4}}\b
  | \b{_MONTH}[-/ ]\d{{1,2}}\b | \b\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\b
  | \b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})\b
  | \b\d{{1,2}}/(?:\d{{4}}|\d{{2}})\b | \b\d{{4}}[-/]\d{{2}}\b | \b\d{{4,5}}-\d{{3,4}}(?:-\d{{1,2}})?\b
  | \b(?:exp(?:ir(?:y|es|ation))?|best(?:\ if\ used)?\ by|use\ by|sell\ by)\b\.?(?:\ dates?)?\s*[:#]?\s*
    (?:(?:0[1-9]|1[0-2])\ ?(?:\d\d|20\d\d)|20\d{{4}}(?:\d\d)?)(?![-/\d])
  | \b(?:exp(?:ir(?:y|e[sd]?|ing|ation))?|best\ before|use\ before|mf[gd]|manufactured)\b\.?(?:\ (?:dates?|years?))?
    \s*[:#=-]?\s*(?:(?:0[1-9]|1[0-2])\ )?(?:19|20)\d\d(?![-/\w])
  | \b(?:NDC|UPC|UDI(?:-DI)?|GTIN|DI|REF|Cat(?:alog(?:ue)?)?|Model|Part|Item|Recall|Serial|Product\ code|S/N|P/N)\b\.?
    (?:\s*(?:no\.?|numbers?|nos\.?|codes?))?\s*[:#]*\s*[A-Z0-9][A-Z0-9./-]*
    (?:(?:\s*,\s*|\ )\d[A-Z0-9./-]*(?=\s*(?:[,;.]|$)))*
    )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ALL: Final = re.compile(r"all\s+(?:lots?|batches|products?|codes?)(?:\s+(?:numbers?|codes?))?", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"([A-Z0-9]{3,20})\s*(?:\s-\s|[\u2013\u2014~]|\.\.+|\bthrough\b|\bthru\b|\bto\b)\s*([A-Z0-9]{3,20})", re.IGNORECASE
)
_ITEM: Final = re.compile(r"[,;\n&]|\band\b|\.\s|\.$", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Z0-9][A-Z0-9./_-]*", re.ASCII)
_CODE: Final = re.compile(r"\(01\)\d{14}(?:\(\d{2,4}\)[A-Za-z0-9./_-]+)*", re.ASCII)
_ASIDE: Final = re.compile(
    r"(?=[(besu])(?:\([^()0-9]*\)"
    r"|\b(?:exp(?:ir(?:y|es|ation))?|best(?: if used)? by|use by|sell by)\b\.?(?: dates?)?:?)",
    re.IGNORECASE,
)
"""Words that say nothing of lots, once the dates behind them are gone."""
_EXPIRY: Final = re.compile(
    r"\bexp(?:ir\w*)?\b|\b(?:best|use|sell) (?:if used )?(?:by|before)\b|\bmf[gd]\b|manufactur"
    r"|\bcad(?:uc\w*)?\b|\bvenc",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_NO_LOT: Final = re.compile(
    r"\d\s?(?:%|°|º)|\b\d{1,3}\s[CF]\b|\b(?:call|phone|tel|telephone|fax)\b|(?<!\d)\d{3}\)?[-. ]\s?\d{3}[-. ]\d{4}\b",
    re.IGNORECASE,
)
"""Shares, temperatures and telephone numbers."""
_DASHED_RANGE: Final = re.compile(r"([A-Z]*\d{4,})-([A-Z]*\d{4,})", re.ASCII)
_LONGEST: Final = 20
_SHORTEST: Final = 4
_PLAIN_WORDS: Final = frozenset(
    {
        "lot", "lots", "batch", "batches", "number", "numbers", "no", "nos", "num", "code", "codes", "serial", "and",
        "from", "to", "through", "thru", "the", "of", "following", "affected", "recalled", "recall", "all", "exp",
        "expiry", "expires", "expire", "expired", "expiring", "expiration", "date", "dates", "best", "by", "use",
        "before", "if", "used", "sell", "mfg", "mfd", "year", "years", "month", "months", "ndc", "upc", "udi",
        "udi-di", "di", "gtin", "ref", "reference", "model", "part", "item", "product", "catalog", "catalogue",
        "call", "phone", "tel", "telephone", "fax", "unknown", "na",
    }
)  # fmt: skip
"""Words beside lots that say nothing of them."""
_LONG_WORD: Final = re.compile(r"(?<![\w'-])[^\W\d_]{2,}(?![\w'-])")
_LETTERS_OF_LOT: Final = re.compile(rf"({BEFORE_LOTS.pattern})\s*(?-i:[A-Z]{{2,5}})(?=\s+\S*\d)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read(text: str) -> Lots:
    """Read the lots that a recall's text names; where it makes an exception it surely names none."""
    rest = _NOT_LOTS.sub(" ; ", _CODE.sub(" ; ", text))
    found = _read(text, _ASIDE.sub(" ", rest))
    if makes_exception(text) or _says_more(rest):
        return Lots(frozenset(), found.named | found.maybe, found.ranges, open=True)
    return found


def _says_more(rest: str) -> bool:
    """Say whether a text has other words than a list of lots has; capitals at the head of a lot are part of it."""
    words = _LONG_WORD.findall(_LETTERS_OF_LOT.sub(r"\1", rest).casefold())
    return not _PLAIN_WORDS.issuperset(words)


def _read(text: str, words: str) -> Lots:
    """Read the lots of a text, of which `words` are those that may be lots."""
    in_codes = frozenset(plain(lot) for code in _CODE.findall(text) if (lot := _lot_of(code)))
    if _ALL.search(words):
        return Lots(in_codes, every=not _ALL.sub("", words).strip(" .;:"), open=True)
    before, *lists = BEFORE_LOTS.split(words)
    named, maybe, ranges = set(in_codes), set[str](), []
    for each in lists or [before]:
        for first, last in _RANGE.findall(each):
            ranges.append((plain(first), plain(last)))
            named |= {plain(first), plain(last)} if has_digit(first) and has_digit(last) else set()
        first_of_list, shapes = True, set[str]()
        for item in _ITEM.split(_RANGE.sub(" ; ", each)):
            sure, unsure = _read_item(item)
            odd = set() if first_of_list else {lot for lot in sure if _may_be_otherwise(lot, item, shapes)}
            shapes |= set(map(shape, sure - odd))
            first_of_list = first_of_list and not sure
            named |= sure - odd if lists else set()
            maybe |= unsure | odd if lists else sure | unsure
    maybe |= _like(named, before) if lists else set()
    years = {each for each in named if _YEAR.fullmatch(each)} if _EXPIRY.search(text) else set()
    named, maybe = named - years, maybe | years
    ranges += [(match[1], match[2]) for each in sorted(named) if (match := _DASHED_RANGE.fullmatch(each))]
    return Lots(frozenset(named), frozenset(maybe - named), tuple(ranges), open=not named and not maybe)


def _like(named: set[str], before: str) -> set[str]:
    """Give what stands before the word for lots and has the shape of one that is named."""
    shapes = set(map(shape, named)) if has_digit(before) else set()
    words = {plain(each) for each in _WORD.findall(before) if has_digit(each)} if shapes else set()
    return {each for each in words if len(each) >= _SHORTEST and shape(each) in shapes}


def _lot_of(code: str) -> str | None:
    try:
        return gs1.read(code).lot
    except ValueError:
        return None


def _read_item(item: str) -> tuple[set[str], set[str]]:
    """Give the lots of one item of a list, and words of it that may be one."""
    alone = item.strip()
    if alone.isascii() and alone.isalnum() and alone == alone.upper() and len(alone) <= _LONGEST:
        return ({alone} if has_digit(alone) else set()), set()
    words = [each.rstrip("./-") for each in _WORD.findall(item) if len(each) <= _LONGEST]
    numbered = [each for each in words if has_digit(each)]
    if not numbered or _NO_LOT.search(item) or len(_WORD.findall(item)) != len(item.split()):
        return set(), set(numbered)
    if len(words) == 1 or (
        numbered == words and len({shape(each) for each in words}) == 1 and len(words[0]) >= _SHORTEST
    ):
        return set(words), set()
    return {plain("".join(words))}, set(numbered)


def _may_be_otherwise(lot: str, item: str, shapes: set[str]) -> bool:
    """Say whether what follows a lot may be a quantity or a day: short, or after a word, and of no lot's shape."""
    if shape(lot) in shapes:
        return False
    return len(lot) <= _SHORTEST or (len(item.split()) > 1 and any(each.isalpha() for each in _WORD.findall(item)))
