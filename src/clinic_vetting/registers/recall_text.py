"""What the text of a recall tells beside its lots: exceptions, device identifiers, and the part of each product."""

from __future__ import annotations

import re
from typing import Final

from clinic_vetting import gs1
from clinic_vetting.registers.lot import BEFORE_LOTS, visible

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
_DI: Final = re.compile(r"\b(?:UDI(?:-DI)?|GTIN|DI)\b[^0-9(]{0,20}(\d{14})\b|\(01\)(\d{14})", re.ASCII)
_NUMBERED: Final = re.compile(r"(?:^|(?<=[\s;,.]))(\d{1,2}|[a-h])\)\s+")


def device_identifiers(text: str) -> frozenset[str]:
    """List the GTINs that a text gives as device identifiers and whose check digit fits."""
    return frozenset(each for found in _DI.findall(text) for each in found if each and gs1.is_gtin(each))


def makes_exception(text: str) -> bool:
    """Say whether a text has words by which it may speak of lots that it does not recall."""
    return bool(_EXCEPTION.search(visible(text).casefold()))


def sets_lots_apart(text: str) -> bool:
    """Say whether a product's description speaks of lots and makes an exception; "not made with latex" is none."""
    return bool(BEFORE_LOTS.search(text)) and makes_exception(text)


def numbered_parts(text: str) -> dict[str, str]:
    """Split a text of the form `1) one; 2) another`; nothing where it has none or one."""
    found = list(_NUMBERED.finditer(text))
    ends = [each.start() for each in found[1:]]
    parts = {each[1]: text[each.end() : end] for each, end in zip(found, [*ends, len(text)], strict=False)}
    return parts if len(parts) > 1 and len(parts) == len(found) else {}
