"""What every shape can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from clinic_vetting.document import Node
    from clinic_vetting.reading import Reading


class Shape(Protocol):
    """Reads, checks, writes and describes one kind of value."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """Give the value, or note faults and give `INVALID`."""

    def problem(self, value: Any) -> str:
        """Say what was expected where a Python value does not fit; an empty text where it does."""

    def plain(self, value: Any) -> Any:
        """Give the value as text, numbers, lists and mappings."""

    def schema(self) -> dict[str, Any]:
        """Give the JSON Schema (2020-12) of the value in a document."""
