"""A language: which there are, and what went wrong said in one."""

from __future__ import annotations

from attrs import evolve, frozen

from clinic_vetting.errors import CriteriaError, Fault, InputError, Problem, RecordError, shown
from clinic_vetting.hints import did_you_mean
from clinic_vetting.words import Told, again, languages, recorded, say, told


def known(language: str) -> str:
    """Give the language back.

    Raises:
        InputError: There is no catalogue in it; the error names those that there are.
    """
    if language not in languages():
        near = next((each for each in languages() if language.casefold().startswith(each)), language)
        expected, hint = told("fault.one_of", words=", ".join(languages())), did_you_mean(near, languages())
        raise InputError([Fault("language", 0, "code", expected, shown(language), hint)])
    return language


def said(what: object, language: str) -> str:
    """Say an error of this library, a fault or a message in a language; `str` says the same in English."""
    match what:
        case InputError():
            return "\n".join(said(each, language) for each in what.faults)
        case CriteriaError() | RecordError():
            return "; ".join(said(each, language) for each in what.problems)
        case Fault() | Problem():
            hint = f"; {again(what.hint, language)}" if isinstance(what, Fault) and what.hint else ""
            expected, got = again(what.expected, language), again(what.got, language)
            return say(language, "fault.line", place=_place(what, language), expected=expected, got=got) + hint
        case str(message) | Exception(args=(str(message), *_)):
            return again(message, language)
        case _:
            return str(what)


@frozen
class _Wrong:
    error: Exception

    def told(self, language: str) -> str:
        return said(self.error, language)


def told_error(error: Exception) -> Told:
    """Take the text of an error as a message, to be said again within another."""
    return recorded(_Wrong(error))


def _place(what: Fault | Problem, language: str) -> str:
    """Say where it stands: a path may be a message, as that of a column of a table is."""
    path = again(what.path, language)
    return evolve(what, path=path).place(say(language, "fault.document_itself")) if isinstance(what, Fault) else path
