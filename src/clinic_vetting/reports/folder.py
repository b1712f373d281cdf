"""A folder of pages: one report for each clinic, and an index that compares them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clinic_vetting.hints import unwritable
from clinic_vetting.reports.html_report import to_html, to_index
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.verdict import Verdict

INDEX: Final = "index.html"
_LONGEST: Final = 80
_PLAIN: Final = re.compile(rf"[a-z0-9](?:[a-z0-9_-]{{0,{_LONGEST - 1}}})")
_RESERVED: Final = re.compile(r"index|con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that are taken, here or by Windows."""


def write_pages(
    verdicts: Iterable[Verdict],
    folder: str | Path,
    *,
    publisher: str | None = None,
    address: str | None = None,
    language: str | None = None,
) -> list[Path]:
    """Write a report for each verdict and an index page; needs the extra `clinic-vetting[html]`.

    Each file is written aside and put in its place when it is whole. Files of the same name are replaced, others left.

    Args:
        verdicts: At least one, all under one criteria set.
        folder: Where to; made where it is missing.
        publisher: The site that gives the verdicts, for search engines.
        address: Where the folder will stand on the web, for search engines.
        language: The language of the pages, as an ISO 639-1 code; the verdicts' own where left out.

    Returns:
        The reports in the order of the verdicts, then the index.

    Raises:
        ValueError: There is no verdict, or they rest on different criteria.
        ExtraError: Jinja2 is not installed.
        InputError: The folder, or a page, cannot be written; the error says why.
    """
    found, place = tuple(verdicts), Path(folder)
    names = file_names(each.clinic.id for each in found)
    index = to_index(found, names, language=language)
    with _worded(place, told("fault.writable_folder")):
        place.mkdir(parents=True, exist_ok=True)
    for name, verdict in zip(names, found, strict=True):
        url = f"{address.rstrip('/')}/{name}" if address else None
        _write(place / name, to_html(verdict, publisher=publisher, url=url, back=INDEX, language=language))
    _write(place / INDEX, index)
    return [place / name for name in (*names, INDEX)]


def file_names(ids: Iterable[str]) -> list[str]:
    """Give each clinic a file name of its own: plain ASCII in lower case, whatever its id holds.

    An id that is no such name keeps what is plain of it and gets eight digits of its SHA-256; a name that is taken gets
    a number. So a name leads nowhere else, and stays the same when other clinics come and go.
    """
    taken: set[str] = set()
    return [f"{_free(_stem(each), taken)}.html" for each in ids]


def _stem(name: str) -> str:
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].rstrip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept or 'clinic'}-{digest}"


def _free(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    taken.add(free)
    return free


def _write(path: Path, text: str) -> None:
    """Write a file aside and put it in its place, so that a reader never sees half of it and no link is followed."""
    with _worded(path):
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
            raise


@contextlib.contextmanager
def _worded(path: Path, expected: str = "") -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise unwritable(path, error, expected) from None
