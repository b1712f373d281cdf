"""Where criteria sets come from: the shipped ones by name, a site's own by path."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clinic_vetting import document, measures, shapes, tables
from clinic_vetting.canonical import digest
from clinic_vetting.criteria_folder import folder
from clinic_vetting.criterion import CriteriaSet
from clinic_vetting.errors import CriteriaError, Fault, InputError, shown
from clinic_vetting.hints import did_you_mean
from clinic_vetting.overlay import Overlay, apply
from clinic_vetting.places import is_file, is_folder, is_hidden
from clinic_vetting.reading import Reading
from clinic_vetting.words import joined, told

if TYPE_CHECKING:
    from clinic_vetting.document import Document, Node
    from clinic_vetting.errors import Problem

VERSION: Final = 1
"""The format version of criteria sets that this library reads and writes."""
DEFAULT: Final = "mesotherapy"
_MOST_LAYERS: Final = 8
_LEAVES_OUT: Final = re.compile(r"changes\[[0-9]+\]\.(drop|select)\b")


def shipped() -> tuple[str, ...]:
    """List the names of the shipped criteria sets, sorted."""
    return tables.criteria_sets()


def load_criteria(name: str | Path = DEFAULT) -> CriteriaSet:
    """Read a criteria set, resolved: a shipped one by its name, any other by its path.

    A file extends a shipped set, or a file in its own folder or below it.

    Raises:
        InputError: With every fault of the document, or of the one that it extends.
    """
    return _read(*_document(str(name)), 0)


def parse_criteria(text: str | bytes, name: str = "<text>", *, folder: str | Path | None = None) -> CriteriaSet:
    """Read a criteria set from YAML or JSON text, which may be a stranger's.

    It extends shipped sets only, or, with a `folder`, files in that folder or below it. A file that is no criteria
    set is told with file and line, and not quoted.

    Raises:
        InputError: With every fault of the document.
    """
    return _read(document.parse(text, name), None if folder is None else Path(folder), 0)


def plain_criteria(criteria: CriteriaSet) -> dict[str, Any]:
    """Write a resolved set as a plain tree that reads back as the same set."""
    return {"criteria_set": VERSION, **shapes.plain_fields(criteria)}


@lru_cache(maxsize=32)
def criteria_digest(criteria: CriteriaSet) -> str:
    """Give the SHA-256 of a set's canonical form; the order of criteria does not count, that of bands does.

    A set in another language has the digest of its original.
    """
    tree = plain_criteria(criteria.original or criteria)
    tree["bands"] = {str(i): band for i, band in enumerate(tree["bands"])}
    return digest(tree)


def wording(criteria: CriteriaSet) -> str:
    """Give a set's language and, where its words are a translation, the SHA-256 of all that it holds."""
    return f"{criteria.language} {digest(plain_criteria(criteria))}" if criteria.original else criteria.language


def layers(name: str | Path) -> tuple[Document, ...]:
    """Give the document of a set that can be loaded, and those that it builds on, its own first.

    Raises:
        InputError: One of them cannot be read.
    """
    found: list[Document] = []
    beside: Path | None = None
    extends = str(name)
    while extends:
        source, beside = _extended(extends, beside) if found else _document(extends)
        found.append(source)
        root = source.root.value
        node = root.get("extends") if isinstance(root, dict) else None
        extends = str(node.value) if node and len(found) <= _MOST_LAYERS else ""
    return tuple(found)


def root(name: str | Path) -> CriteriaSet:
    """Read the set at the bottom of those that a set builds on: itself where it builds on none.

    Raises:
        InputError: With every fault of its document.
    """
    return _read(layers(name)[-1], None, 0)


def _document(name: str) -> tuple[Document, Path | None]:
    """Find a set's document, and the folder in which files that it extends must lie: none for a shipped one."""
    if name in shipped():
        return document.parse((folder() / f"{name}.yaml").read_bytes(), f"{name}.yaml"), None
    path = Path(name)
    if not is_file(path) and not is_hidden(path):
        expected = told("fault.catalogue.name")
        got = told("fault.a_folder" if is_folder(path) else "fault.catalogue.neither")
        raise InputError([Fault("criteria", 0, shown(name)[1:-1], expected, got, _hint(name))])
    return document.read_document(path), path.parent


def _extended(name: str, folder: Path | None) -> tuple[Document, Path | None]:
    return _document(name if name in shipped() or folder is None else str(folder / name))


def _may_extend(name: str, folder: Path | None) -> bool:
    """Say whether it is a shipped set, or a file in the folder or below it, links followed."""
    if name in shipped() or folder is None:
        return name in shipped()
    return is_file(folder / name) and (folder / name).resolve().is_relative_to(folder.resolve())


def _shipped_evidence() -> Node:
    strengths = {kind: {"for": row["for"], "against": row["against"]} for kind, row in tables.evidence().items()}
    return document.tree(strengths).root


def _hint(name: str) -> str:
    return did_you_mean(name, shipped()) or told("fault.catalogue.list")


def _a_set() -> str:
    return told("fault.catalogue.a_set", version=VERSION)


def _untold() -> tuple[str, str]:
    return told("fault.catalogue.untold"), told("fault.catalogue.load_alone")


def _read(source: Document, folder: Path | None, layer: int) -> CriteriaSet:
    reading = Reading(source.name, list(source.faults))
    root = source.root
    if not isinstance(root.value, dict):
        reading.refuse(root, "", _a_set())
    reading.check_version(root, "criteria_set", VERSION)
    kind = Overlay if "extends" in root.value else CriteriaSet
    if kind is CriteriaSet:
        stated = root.value.get("evidence")
        root.value["evidence"] = stated if stated and stated.value is not None else _shipped_evidence()
    made: Overlay | CriteriaSet = shapes.Record(kind, besides=("criteria_set",)).read(root, "", reading)
    reading.finish()
    if isinstance(made, Overlay):
        if layer == _MOST_LAYERS:
            node = root.value["extends"]
            most = told("fault.catalogue.layers", most=_MOST_LAYERS)
            reading.fault(node, "extends", most, hint=told("fault.catalogue.to_itself"))
            reading.finish()
        if not _may_extend(made.extends, folder):
            node = root.value["extends"]
            expected = told("fault.catalogue.shipped" if folder is None else "fault.catalogue.below")
            reading.fault(node, "extends", expected, hint=_hint(made.extends))
            reading.finish()
        made = _applied(made, _base(made.extends, folder, layer + 1), root, reading)
    _check_measures(made, root, reading)
    return made


def _base(name: str, folder: Path | None, layer: int) -> CriteriaSet:
    """Read what a set builds on; a file that is no criteria set is not quoted, for it may be anything."""
    try:
        source, below = _extended(name, folder)
    except InputError as error:
        raise InputError(Fault(each.file, each.line, "", each.expected, *_untold()) for each in error.faults) from None
    if not (isinstance(source.root.value, dict) and "criteria_set" in source.root.value):
        raise InputError([Fault(source.name, source.root.line, "", _a_set(), *_untold())])
    return _read(source, below, layer)


def _applied(overlay: Overlay, base: CriteriaSet, root: Node, reading: Reading) -> CriteriaSet:
    named = f"{base.id} {base.version} ({criteria_digest(base)})"
    try:
        return apply(overlay, base, named)
    except CriteriaError as error:
        for each in error.problems:
            path, node = _culprit(each, root)
            reading.fault(node, path, each.expected, each.got)
        raise InputError(reading.faults) from None


def _culprit(problem: Problem, root: Node) -> tuple[str, Node]:
    """Find where an overlay says what the resolved set cannot be: the word, or else what leaves criteria out."""
    if problem.path.startswith("changes["):
        return problem.path, document.Node(None, shapes.line_of(root, problem.path))
    said = [each for each in document.scalars(root) if each[0].startswith("changes[")]
    out = [each for each in said if _LEAVES_OUT.match(each[0])]
    named = [each for each in said if each[1].value == problem.about]
    path, node = (named or out)[-1]
    return told("fault.criteria.in_result", path=path, result=problem.path), node


def _check_measures(criteria: CriteriaSet, root: Node, reading: Reading) -> None:
    """Note every place that names a measure which nobody registered, and which the set would use."""
    strange = {each.measure for each in criteria.criteria() if each.measure} - set(measures.names())
    for path, node in document.scalars(root) if strange else ():
        if path.endswith(".measure") and node.value in strange:
            hint = joined("; ", did_you_mean(node.value, measures.names()), told("fault.measures.before_loading"))
            reading.fault(node, path, told("fault.measures.registered"), shown(node.value), hint)
    reading.finish()
