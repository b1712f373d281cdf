"""A dossier's tree or JSON as a draft in one pass: what is as usual; any doubt is left to the slow reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.document import MAX_BYTES
from clinic_vetting.fast_reading.compiled import Readers, readers
from clinic_vetting.fast_reading.freezing import clinic_of
from clinic_vetting.fast_reading.limits import SOURCES
from clinic_vetting.fast_reading.memo import Doubt, text_of
from clinic_vetting.fast_reading.reviews import read_reviews

if TYPE_CHECKING:
    from clinic_vetting.clinic import Clinic
    from clinic_vetting.fast_reading.compiled import Reads, Sources, Tree
    from clinic_vetting.fast_reading.draft import Draft

UNUSUAL: Final = (Doubt, KeyError, TypeError, ValueError, RecursionError)
"""What the fast readers raise."""


def read_tree(tree: object) -> Clinic:
    """Read a dossier as `json.loads` gives it.

    Raises:
        Doubt, KeyError, TypeError, ValueError: It may be at fault; only the slow reader can tell.
    """
    return clinic_of(tree_draft(tree, frozen=True))


def read_json(data: str | bytes) -> Clinic:
    """Read a dossier from JSON, as a document of the same text is read.

    Raises:
        Doubt, KeyError, TypeError, ValueError, RecursionError: As `read_tree`, or it is no JSON.
    """
    return clinic_of(json_draft(data, frozen=True))


def tree_draft(tree: object, *, frozen: bool) -> Draft:
    """Read a dossier as `json.loads` gives it, with records that are frozen, or with twins that are not.

    Raises:
        Doubt, KeyError, TypeError, ValueError: As `read_tree`.
    """
    return _draft(tree, [], [], readers(frozen=frozen))


_decode: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=text_of).decode
"""Numbers stay as they were written."""


def json_draft(data: str | bytes, *, frozen: bool) -> Draft:
    """Read a dossier from JSON, with records that are frozen, or with twins that are not.

    The decoder keeps the last of repeated keys, which no document may have. In JSON a colon follows each key, and
    all others stand within texts. Where there are no more than the tree's keys and texts ask for, no key was
    repeated; an escaped colon would hide one.

    Raises:
        Doubt, KeyError, TypeError, ValueError, RecursionError: As `read_json`.
    """
    if not isinstance(data, str | bytes) or len(data) > MAX_BYTES:
        raise Doubt
    text = data if isinstance(data, str) else data.decode()
    texts: list[str] = []
    trees: list[Tree] = []
    draft = _draft(_decode(text), texts, trees, readers(frozen=frozen))
    if "\\u003" in text or text.count(":") != sum(map(len, trees)) + sum([each.count(":") for each in texts]):
        raise Doubt
    return draft


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
    answers = read.answers(get("answers"), sources, default, texts, trees)
    reviews = read_reviews(get("reviews"), texts, trees)
    draft: Draft = read.draft(tree["clinic"], tree, left, answers, reviews, sources, default, texts, trees)
    check_texts(texts)
    return draft


def check_texts(texts: list[str]) -> None:
    """Check what is the same for all texts: none empty or blank, no NUL, no half characters."""
    together = "".join(texts)
    if not together.isascii():
        together.encode()
    elif "\0" not in together and min(texts) >= "!":
        return
    if "\0" in together or not all(texts) or True in map(str.isspace, texts):
        raise Doubt


def _sources(written: Any, texts: list[str], trees: list[Tree], read: Reads) -> Sources:
    if written is None or written == "":
        return {}
    if type(written) is not dict or len(written) > SOURCES:
        raise Doubt
    trees.append(written)
    sources = {}
    for key, inner in written.items():
        if type(key) is not str or len(key) > 100:
            raise Doubt
        texts.append(key)
        sources[key] = read(inner, key, None, None, texts, trees)
    return sources
