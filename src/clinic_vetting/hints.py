"""What to do about a fault."""

from __future__ import annotations

import os
from errno import EBADF, EDQUOT, ENOSPC
from typing import TYPE_CHECKING

from clinic_vetting.errors import Fault, InputError, nearest
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Iterable


def unreadable(name: object, error: OSError | ValueError) -> InputError:
    """Word why a file cannot be read, and what to do about it: the same for files of every kind."""
    hint: str
    match error:
        case FileNotFoundError():
            hint = told("fault.mend_the_name")
        case IsADirectoryError():
            hint = told("fault.name_a_file_in_it")
        case PermissionError():
            hint = told("fault.ask_its_owner")
        case _:
            hint = ""
    reason = getattr(error, "strerror", None) or str(error)
    got = told("fault.a_folder") if isinstance(error, IsADirectoryError) else reason
    return InputError([Fault(str(name), 0, "", told("fault.readable_file"), got, hint)])


def unwritable(name: object, error: OSError | ValueError, expected: str = "") -> InputError:
    """Word why a file, or what else is expected, cannot be written, and what to do about it."""
    got, hint = getattr(error, "strerror", None) or str(error), ""
    match error:
        case IsADirectoryError():
            got, hint = told("fault.a_folder"), told("fault.name_a_file_in_it")
        case FileExistsError():
            got, hint = told("fault.a_file"), told("fault.another_name")
        case FileNotFoundError() | NotADirectoryError():
            hint = told("fault.make_its_folder")
        case PermissionError():
            hint = told("fault.ask_to_write")
        case OSError() if error.errno in {ENOSPC, EDQUOT}:
            hint = told("fault.make_room")
        case _:
            pass
    return InputError([Fault(str(name), 0, "", expected or told("fault.writable_file"), got, hint)])


def closed_output() -> InputError:
    """Word that standard output, which is to be written, is closed."""
    return unwritable("<stdout>", OSError(EBADF, os.strerror(EBADF)), told("fault.command.room"))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word nearest to `word`; an empty text where none is near."""
    near = nearest(word, known)
    return told("fault.did_you_mean", word=repr(near)) if near else ""
