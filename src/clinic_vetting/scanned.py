"""Any code that a scanner gives, as the element string that a dossier holds: digital link, EAN, UPC (extra `gs1`).

`gs1` reads element strings and needs nothing else; a verdict never depends on what is installed. This is for whoever
writes dossiers: it turns the other forms into that one, checks them whole, and names each element in GS1's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.extras import missing
from clinic_vetting.gs1 import GTINS
from clinic_vetting.words import told

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString, GS1ElementStrings

SSCC: Final = 18
"""How many digits the number of a shipping unit has."""
_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z]\d")


@frozen
class Element:
    """One element of a code.

    Attributes:
        key: The application identifier, such as `10`.
        title: What it is, in GS1's words, such as `Batch or lot number`.
        value: Its data, as written; of a GTIN 14 digits.
    """

    key: str
    title: str
    value: str


@frozen
class Code:
    """A code that was scanned or typed; its text is the element string, as a dossier's `gs1` holds it."""

    elements: tuple[Element, ...]

    def __str__(self) -> str:
        return "".join(f"({each.key}){each.value}" for each in self.elements)


def scanned(text: str) -> Code:
    """Read a code in any form of GS1: element string, digital link, EAN, UPC or SSCC.

    >>> str(scanned("https://id.gs1.org/01/09506000134352/10/A17?17=270630"))
    '(01)09506000134352(10)A17(17)270630'

    Raises:
        ExtraError: biip is not installed.
        ValueError: It is no such code, or a check digit, length or date in it is wrong.
    """
    try:
        import biip  # noqa: PLC0415 - an extra
    except ImportError:
        raise missing(extra="gs1", what=told("fault.pack.any_code")) from None
    try:
        elements = tuple(map(_element, _strings(text.strip())))
    except biip.ParseError as error:
        raise ValueError(str(error)) from None
    if not elements:
        raise ValueError(told("fault.pack.element"))
    return Code(elements)


def _strings(text: str) -> GS1ElementStrings:
    """Give the element strings of a code; of a number alone the one that holds it."""
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI  # noqa: PLC0415 - as above
    from biip.gs1_messages import GS1Message  # noqa: PLC0415

    if text.startswith("("):
        return GS1Message.parse_hri(text).element_strings
    if "://" in text:
        return GS1DigitalLinkURI.parse(text).element_strings
    if text.isdecimal() and len(text) in GTINS:
        return GS1Message.parse(f"01{text.zfill(14)}").element_strings
    if text.isdecimal() and len(text) == SSCC:
        return GS1Message.parse(f"00{text}").element_strings
    return GS1Message.parse(_SYMBOLOGY.sub("", text)).element_strings


def _element(found: GS1ElementString) -> Element:
    wrong = found.gtin_error or found.sscc_error or found.gln_error
    if wrong:
        raise ValueError(wrong)
    return Element(found.ai.ai, found.ai.description, found.gtin.as_gtin_14() if found.gtin else found.value)
