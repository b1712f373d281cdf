"""Lots in the free text of a recall, read with care: what is not surely a lot of it never counts as one.

Dates, NDCs, UPCs and catalogue numbers stand between the lots, and lots are written as lists, with blanks inside, and
as ranges. A range is no list: `00112 through 10412` are days and years, and 05013, which is between, was not recalled.
Where a text makes an exception, or says anything but lots, dates and numbers, which of its lots are meant takes a
reader: none is named, and any may be.
"""

from __future__ import annotations

import re
import string
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final

from attrs import frozen

from clinic_vetting import gs1


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
_BEFORE_LOTS: Final = re.compile(
    r"\b(?:lots?|batch(?:es)?|l/n)\b(?:\s*/\s*(?:lots?|batch(?:es)?))?(?:\s*(?:numbers?|nos?\.?|codes?))?"
    r"(?:\s*and\s*exp\S*(?:\s*dates?)?)?\s*[:#.]*",
    re.IGNORECASE,
)
_ALL: Final = re.compile(r"all\s+(?:lots?|batches|products?|codes?)(?:\s+(?:numbers?|codes?))?", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"([A-Z0-9]{3,20})\s*(?:\s-\s|[\u2013\u2014~]|\.\.+|\bthrough\b|\bthru\b|\bto\b)\s*([A-Z0-9]{3,20})", re.IGNORECASE
)
_ITEM: Final = re.compile(r"[,;\n&]|\band\b|\.\s|\.$", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Z0-9][A-Z0-9./_-]*", re.ASCII)
_CODE: Final = re.compile(r"\(01\)\d{14}(?:\(\d{2,4}\)[A-Za-z0-9./_-]+)*", re.ASCII)
_DI: Final = re.compile(r"\b(?:UDI(?:-DI)?|GTIN|DI)\b[^0-9(]{0,20}(\d{14})\b|\(01\)(\d{14})", re.ASCII)
_ASIDE: Final = re.compile(
    r"(?=[(besu])(?:\([^()0-9]*\)"
    r"|\b(?:exp(?:ir(?:y|es|ation))?|best(?: if used)? by|use by|sell by)\b\.?(?: dates?)?:?)",
    re.IGNORECASE,
)
"""Words that say nothing of lots, once the dates behind them are gone."""
_EXCEPTION: Final = re.compile(
    r"""
    (?=[^\W\d]|[?~\u2260<>!*])(?:
    except|exclu|exempt|unaffected|omit|replac|supersed|correct|erro[rn]|mistak|retract|rescind|n['\u2019]t\b
  | \bno\b(?!\s*[.:\#]|\s+[\w./-]*\d)
  | \b(?:not|non|none|neither|nor|never|cannot|without|others?|remaining|safe|good|but|save|besides|minus|unless)\b
  | \b(?:instead|rather\ than|previously|(?:apart|aside|removed|deleted|distinct|different)\ from)\b
  | \b(?:before|after|prior\ to|until|up\ to|below|above|than|reference|control)\s+(?:lots?|batch|n[ou]m)
  | \bw/o\b|compar|\b(?:ok|okay|passed|released|cleared|acceptable|conforming)\b
  | exce[pç]|\b(?:salvo|menos|nunca|sin|otr[oa]s?|outr[oa]s?|n[aã]o|sauf|hors|sans|nicht|ausser|ausgenommen)\b
  | reempla|sustitu|substitu|rempla|ersetz
  | \?|\be\.g\.|(?<!\d)(?<!\d\s)~|[\u2260<>!*]|\b(?:still|pre|re)-|\b(?:n[./]r|o\.k)\b
    )
    """,
    re.VERBOSE,
)
"""Words by which a text may speak of lots that it does not recall; rather one too many than a wrong accusation."""
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
_DIGITS: Final = frozenset(string.digits)
_SHAPES: Final = str.maketrans(string.ascii_uppercase + string.digits, "A" * 26 + "9" * 10)
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
_LETTERS_OF_LOT: Final = re.compile(rf"({_BEFORE_LOTS.pattern})\s*(?-i:[A-Z]{{2,5}})(?=\s+\S*\d)", re.IGNORECASE)
_FOREWORD: Final = re.compile(
    r"\s*(?:\(10\)|(?:(?:lots?|batch|l/n)\b|#|numbers?\b|no\b|nr\b|code\b|[.:\s])+)", re.IGNORECASE
)
"""What is written before a lot on a pack."""
_NO_LOT_KNOWN: Final = frozenset({"N/A", "NA", "NONE", "UNKNOWN", "NOTKNOWN", "TBD"})


def plain(lot: str) -> str:
    """Write a lot in capitals and without blanks, invisible signs and words in front, as lots are compared.

    >>> plain("Lot: a 123"), plain("(10)A123"), plain("n/a")
    ('A123', 'A123', '')
    """
    visible = _visible(lot)
    before = _FOREWORD.match(visible)
    written = "".join(visible[before.end() if before else 0 :].split()).upper()
    return "" if written in _NO_LOT_KNOWN or not any(map(str.isalnum, written)) else written


def bare(lot: str) -> str:
    """Write a plain lot without its dashes and the like."""
    return "".join(filter(str.isalnum, lot))


def spellings(lot: str) -> tuple[str, ...]:
    """List what may be the lot in what somebody has written as one: all of it, and each word of it with a digit."""
    words = (plain(each) for each in re.split(r"[\s,;]+", lot))
    found = (plain(lot), *(each for each in words if _has_digit(each)))
    return tuple(dict.fromkeys(written for each in found if each for written in (each, bare(each))))


def device_identifiers(text: str) -> frozenset[str]:
    """List the GTINs that a text gives as device identifiers and whose check digit fits."""
    return frozenset(each for found in _DI.findall(text) for each in found if each and gs1.is_gtin(each))


def makes_exception(text: str) -> bool:
    """Say whether a text has words by which it may speak of lots that it does not recall."""
    return bool(_EXCEPTION.search(_plainly(text)))


def sets_lots_apart(text: str) -> bool:
    """Say whether a product's description speaks of lots and makes an exception; "not made with latex" is none."""
    return bool(_BEFORE_LOTS.search(text)) and makes_exception(text)


def _plainly(text: str) -> str:
    """Give a text in small letters, its letters in their simple forms and without signs that cannot be seen."""
    return _visible(text).casefold()


def _visible(text: str) -> str:
    """Give a text in one form of each letter, without signs that cannot be seen."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", "".join(char for char in text if unicodedata.category(char) != "Cf"))


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
    before, *lists = _BEFORE_LOTS.split(words)
    named, maybe, ranges = set(in_codes), set[str](), []
    for each in lists or [before]:
        for first, last in _RANGE.findall(each):
            ranges.append((plain(first), plain(last)))
            named |= {plain(first), plain(last)} if _has_digit(first) and _has_digit(last) else set()
        first_of_list, shapes = True, set[str]()
        for item in _ITEM.split(_RANGE.sub(" ; ", each)):
            sure, unsure = _read_item(item)
            odd = set() if first_of_list else {lot for lot in sure if _may_be_otherwise(lot, item, shapes)}
            shapes |= set(map(_shape, sure - odd))
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
    shapes = set(map(_shape, named)) if _has_digit(before) else set()
    words = {plain(each) for each in _WORD.findall(before) if _has_digit(each)} if shapes else set()
    return {each for each in words if len(each) >= _SHORTEST and _shape(each) in shapes}


def _lot_of(code: str) -> str | None:
    try:
        return gs1.read(code).lot
    except ValueError:
        return None


def _read_item(item: str) -> tuple[set[str], set[str]]:
    """Give the lots of one item of a list, and words of it that may be one."""
    alone = item.strip()
    if alone.isascii() and alone.isalnum() and alone == alone.upper() and len(alone) <= _LONGEST:
        return ({alone} if _has_digit(alone) else set()), set()
    words = [each.rstrip("./-") for each in _WORD.findall(item) if len(each) <= _LONGEST]
    numbered = [each for each in words if _has_digit(each)]
    if not numbered or _NO_LOT.search(item) or len(_WORD.findall(item)) != len(item.split()):
        return set(), set(numbered)
    if len(words) == 1 or (
        numbered == words and len({_shape(each) for each in words}) == 1 and len(words[0]) >= _SHORTEST
    ):
        return set(words), set()
    return {plain("".join(words))}, set(numbered)


def _may_be_otherwise(lot: str, item: str, shapes: set[str]) -> bool:
    """Say whether what follows a lot may be a quantity or a day: short, or after a word, and of no lot's shape."""
    if _shape(lot) in shapes:
        return False
    return len(lot) <= _SHORTEST or (len(item.split()) > 1 and any(each.isalpha() for each in _WORD.findall(item)))


def _has_digit(text: str) -> bool:
    return not _DIGITS.isdisjoint(text)


def _shape(text: str) -> str:
    return text.translate(_SHAPES)


def numbered_parts(text: str) -> dict[str, str]:
    """Split a text of the form `1) one; 2) another`; nothing where it has none or one."""
    found = list(re.finditer(r"(?:^|(?<=[\s;,.]))(\d{1,2}|[a-h])\)\s+", text))
    ends = [each.start() for each in found[1:]]
    parts = {each[1]: text[each.end() : end] for each, end in zip(found, [*ends, len(text)], strict=False)}
    return parts if len(parts) > 1 and len(parts) == len(found) else {}
