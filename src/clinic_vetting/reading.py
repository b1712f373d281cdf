"""What goes along while a document is read: its name, its sources, and the faults found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from attrs import define, field

from clinic_vetting.errors import Fault, InputError
from clinic_vetting.hints import did_you_mean
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clinic_vetting.document import Node


class _Invalid:
    """Stands for a value whose fault has been noted."""


INVALID: Final = _Invalid()


_MOST_HINTS: Final = 50


@define
class Reading:
    """Gathers every fault of one document, so that its writer gets one list.

    Attributes:
        file: The document's name.
        faults: What was found so far.
        named: Things that the document defines and refers to by id, such as its sources.
        default: What a reference means where none is written.
    """

    file: str
    faults: list[Fault] = field(factory=list)
    named: dict[str, object] = field(factory=dict)
    default: object = None

    def fault(self, node: Node, path: str, expected: str, got: str | None = None, hint: str = "") -> _Invalid:
        """Note one fault at `node` and stand in for its value."""
        what = node.described() if got is None else got
        self.faults.append(Fault(self.file, node.line, path, expected, what, hint))
        return INVALID

    def hint(self, word: str, known: Iterable[str]) -> str:
        """Suggest the known word nearest to `word`, for the first faults of a document."""
        return did_you_mean(word, known) if len(self.faults) < _MOST_HINTS else ""

    def check_version(self, root: Node, key: str, newest: int) -> None:
        """Note a format version that is missing or from the future."""
        node = root.value.get(key) if isinstance(root.value, dict) else None
        if node is None or node.value is None:
            self.fault(node or root, key, told("fault.reading.version", key=key, newest=newest), told("fault.nothing"))
        elif node.value != str(newest):
            hint = told("fault.reading.newer")
            self.fault(node, key, told("fault.reading.this_version", newest=newest), hint=hint)

    def finish(self) -> None:
        """End the reading.

        Raises:
            InputError: There were faults.
        """
        if self.faults:
            raise InputError(sorted(self.faults, key=lambda fault: fault.line))

    def refuse(self, node: Node, path: str, expected: str) -> NoReturn:
        """Note a fault after which nothing else can be read."""
        self.fault(node, path, expected)
        raise InputError(self.faults)
