"""Vet a cosmetic-injection clinic: a dossier in, a scored and explained verdict out.

    >>> import datetime as dt
    >>> from clinic_vetting import Answer, Clinic, Kind, Source, Statement, load_criteria, vet
    >>> visit = Source("visit", Kind.OBSERVATION, "our editor", seen=dt.date(2026, 9, 14))
    >>> reused = Statement(Answer.NO, visit, note="one needle for two patients")
    >>> clinic = Clinic(id="a-clinic", answers={"hygiene.single_use_sharps": reused})
    >>> verdict = vet(clinic, load_criteria(), as_of=dt.date(2026, 11, 21))
    >>> verdict.band.label
    'Avoid'

What it offers is listed in `clinic_vetting.contents`, and loaded when it is first used: importing
this package reads no file and costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic_vetting.contents import *  # noqa: F403
else:

    def __getattr__(name: str) -> object:
        if find_spec(f"clinic_vetting.{name}"):
            message = f"module 'clinic_vetting.{name}' has not been imported"
            raise AttributeError(message)
        contents = import_module("clinic_vetting.contents")
        if name != "__all__" and name not in contents.__all__:
            message = f"module 'clinic_vetting' has no attribute {name!r}"
            raise AttributeError(message)
        value = globals()[name] = getattr(contents, name)
        return value

    def __dir__() -> list[str]:
        return sorted(import_module("clinic_vetting.contents").__all__)
