"""A dict that cannot be changed once made."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V], Generic[K, V]):
    """A dict that refuses every change, can be hashed and pickled, and is looked up as fast as any."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        message = "this mapping cannot be changed; make a new value with attrs.evolve"
        raise TypeError(message)

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return (type(self), (dict(self),))


def frozen_dict(value: object) -> object:
    """Freeze a dict; leave everything else as it is."""
    return FrozenDict(value) if isinstance(value, dict) else value
