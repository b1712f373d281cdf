"""What texts and numbers were read as, each once; and when a fast reader doubts."""

from __future__ import annotations

from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from clinic_vetting import shapes

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_MAKING: Final = RLock()
_LARGE: Final = 10**15


class Doubt(Exception):  # noqa: N818 - no error of anybody's; the slow reader decides
    """Something that only the slow reader can tell right from wrong."""


class Memo(dict[Any, Any]):
    """What texts or numbers were read as, each once; bounded."""

    __slots__ = ("always", "most", "read")

    def __init__(self, read: Callable[[Any], Any], always: dict[Any, Any] | None = None, most: int = 5000) -> None:
        super().__init__(always or {})
        self.read, self.always, self.most = read, dict(self), most

    def __missing__(self, written: Any) -> Any:
        value = self.read(written)
        if len(self) >= self.most:
            self.clear()
            self.update(self.always)
        if written:  # 0.0 and -0.0 are one key and two texts
            self[written] = value
        return value


def once(make: Callable[..., T]) -> Callable[..., T]:
    """Keep what is made, by whether it is `frozen`; of threads that come together one makes it, and all others wait."""
    known: dict[bool, T] = {}

    @wraps(make)
    def get(*, frozen: bool) -> T:
        if frozen in known:
            return known[frozen]
        with _MAKING:
            known[frozen] = made = known.get(frozen) or make(frozen=frozen)
        return made

    return get


def text_of(written: Any) -> str:
    """Write a number or a truth value as the slow reader does."""
    if type(written) is bool:
        return "true" if written else "false"
    if (type(written) is int and abs(written) < _LARGE) or type(written) is float:
        return str(written)
    raise Doubt


def texts_of(written: Any, items: int, most: int, texts: list[str]) -> tuple[str, ...]:
    """Read a list of texts: so many at most, and so long at most."""
    if type(written) is not list or len(written) > items:
        raise Doubt
    read = tuple([each if type(each) is str else text_of(each) for each in written])
    for each in read:
        if len(each) > most:
            raise Doubt
    texts += read
    return read


def text_by(shape: shapes.Scalar) -> Callable[[Any], Any]:
    """Give what reads a text by a shape; all else is a doubt."""

    def read(written: Any) -> Any:
        if type(written) is not str or not written:
            raise Doubt
        return shape.parse(written)

    return read


def number_by(shape: shapes.Number) -> Callable[[Any], Any]:
    """Give what reads a number by a shape, as it prints."""
    return lambda written: shape.parse(str(written))


class Names(dict[str, Any]):
    """What the source names: classes, and one memo for all equal shapes."""

    def memo(self, shape: Any, blank: object = attrs.NOTHING) -> str:
        """Name what texts come to by a shape; nothing comes to `blank`, where it may be left out."""
        key = repr(shape) if attrs.has(type(shape)) else type(shape).__name__
        name = self._memos.setdefault((key, repr(blank)), f"memo_{len(self._memos)}")
        if name not in self:
            self[name] = Memo(text_by(shape), {} if blank is attrs.NOTHING else {None: blank, "": blank})
            if isinstance(shape, shapes.Number):
                self[f"{name}_int"], self[f"{name}_float"] = Memo(number_by(shape)), Memo(number_by(shape))
        return name

    def constant(self, value: object) -> str:
        """Name a value that a field has where nothing is written."""
        if value is None or value is True or value == ():
            return repr(value)
        name = f"{type(value).__name__}_{value}"
        self[name] = value
        return name

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._memos: dict[tuple[str, str], str] = {}
