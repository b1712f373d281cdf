"""The resources of FHIR documents, JSON or XML, alone or in Bundles, by their references."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from clinic_vetting import document
from clinic_vetting.errors import Fault, InputError, shown
from clinic_vetting.fhir.elements import Element, Faults, parted, pointed
from clinic_vetting.fhir.xml import build
from clinic_vetting.hints import unreadable
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.document import Document

MOST_BYTES: Final = 32 * 1024 * 1024
"""The size of a FHIR document in bytes; its values are limited as those of any document."""
READ: Final = ("Practitioner", "Organization", "PractitionerRole", "VerificationResult")


@frozen(eq=False)
class Resource:
    """One resource that is read.

    Attributes:
        kind: Its resource type.
        key: `Practitioner/1`; without an id its place in the file; of a second server its full URL.
        url: The full URL that a Bundle gives it, by which others may refer to it.
        at: Where it stands.
    """

    kind: str
    key: str
    url: str | None
    at: Element

    @property
    def server(self) -> str:
        """The server that its full URL names; blank where none is told."""
        return parted(self.url or "")[0]


@frozen(eq=False)
class Resources:
    """All resources of some documents.

    Attributes:
        found: Those of a type that is read, in order.
        faults: What could not be read, repeated resources included.
        passed: How many resources of each other type there were.
        index: The same by reference: by type and id, and by full URL.
        shared: Types and ids that several servers gave to different resources.
    """

    found: tuple[Resource, ...]
    faults: tuple[Faults, ...]
    passed: dict[str, int]
    index: dict[str, Resource]
    shared: frozenset[str] = frozenset()

    def of(self, kind: str) -> Iterator[Resource]:
        """List the resources of a type."""
        return (each for each in self.found if each.kind == kind)

    def at(self, reference: str | None, server: str = "") -> Resource | None:
        """Find what a reference points to, if it is there.

        A full URL is that of the resource, or the resource's server is not told. What has no server is of the server
        of the resource in which it stands.
        """
        if not reference:
            return None
        own, name = parted(reference)
        server = own or server
        found = self.index.get(f"{server}/{name}") if server else None
        if found is None and name not in self.shared:
            found = self.index.get(name)
        return None if found and server and found.server not in ("", server) else found


def open_document(path: str | Path) -> Document:
    """Read a file of FHIR JSON, or of FHIR XML where its first character is `<`.

    Raises:
        InputError: It cannot be opened, is too large, or is neither.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins not in (b"<", b"{"):
        raise InputError([Fault(name, 1, "", told("fault.fhir.document"), shown(begins.decode("latin-1")))])
    return build(data, name) if begins == b"<" else document.parse(data, name, MOST_BYTES)


def read_resources(documents: Iterable[Document]) -> Resources:
    """List the resources of documents; one that is repeated or has no type is a fault, and the rest goes on."""
    found: dict[str, Resource] = {}
    passed: dict[str, int] = {}
    gathered = []
    for each in documents:
        faults = Faults(each.name, list(each.faults))
        gathered.append(faults)
        for url, at in _entries(Element(each.root, "", faults)):
            kind = at.text("resourceType")
            if kind is None:
                faults.note(at, told("fault.fhir.resource"))
            elif kind not in READ:
                passed[kind] = passed.get(kind, 0) + 1
            elif not at.is_modified():
                _keep(_resource(kind, url, at), found)
    index = {each.url: each for each in found.values() if each.url} | found
    shared = frozenset(parted(each.key)[1] for each in found.values() if each.key == each.url)
    return Resources(tuple(found.values()), tuple(gathered), passed, index, shared)


def _entries(root: Element) -> Iterator[tuple[str | None, Element]]:
    if root.text("resourceType") != "Bundle":
        yield None, root
        return
    for entry in root.each("entry"):
        inner = entry.first("resource")
        if inner is not None:
            yield from ((entry.text("fullUrl"), each) for _, each in _entries(inner))
        elif entry.text("request", "method") != "DELETE":
            root.faults.note(entry, told("fault.fhir.entry"))


def _resource(kind: str, url: str | None, at: Element) -> Resource:
    name = at.text("id")
    place = {"file": at.faults.file, "line": at.node.line}
    key = f"{kind}/{name}" if name else told("note.import.fhir.at", kind=kind, **place)
    return Resource(kind, key, pointed(url) if url else None, at)


def _keep(resource: Resource, found: dict[str, Resource]) -> None:
    known = found.get(resource.key)
    if known and resource.url and known.server and resource.server not in ("", known.server):
        resource = evolve(resource, key=resource.url)
    if resource.key in found:
        expected, hint = told("fault.fhir.once", key=resource.key), told("fault.fhir.first_kept")
        resource.at.faults.note(resource.at, expected, hint)
    else:
        found[resource.key] = resource
