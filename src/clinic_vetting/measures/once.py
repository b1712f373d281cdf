"""What several measures work out of the same clinic, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A function that keeps its last values and their result, and gives it again for the very same ones."""

    def __init__(self, work: Callable[..., T]) -> None:
        self.work = work
        self.last: tuple[tuple[Any, ...], T] | None = None
        update_wrapper(self, work)

    def __call__(self, *given: Any) -> T:
        """Give what it comes to."""
        last = self.last
        if last is None or any(one is not other for one, other in zip(last[0], given, strict=True)):
            last = self.last = given, self.work(*given)
        return last[1]
