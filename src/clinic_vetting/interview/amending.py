"""One more answer in a dossier's text, and the proof that nothing else changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from clinic_vetting import document, dossier
from clinic_vetting.errors import Fault, InputError
from clinic_vetting.evidence import Statement
from clinic_vetting.interview.inserting import inserted
from clinic_vetting.words import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_vetting.clinic import Clinic
    from clinic_vetting.evidence import Answer, Source


@frozen
class Amended:
    """A dossier's text with one more answer.

    Attributes:
        text: The text.
        clinic: What it says.
        source: Who answered, by the id that the dossier has for it.
    """

    text: str
    clinic: Clinic
    source: Source


def amended(text: str, name: str, criterion: str, answer: Answer, source: Source) -> Amended:
    """Write an answer into a dossier's text; its source too, unless the dossier has the same one.

    Args:
        text: A dossier that reads without a fault, as YAML or JSON.
        name: The file's name.
        criterion: The full id.
        answer: What is answered.
        source: Who answers; its id is the dossier's affair.

    Raises:
        InputError: The text has faults, or it cannot be changed without changing something else; the fault says
            what to add by hand.
    """
    tree = document.parse(text, name).root.plain()
    sources = tree.get("sources") or {}
    said = written(source)
    known = next((key for key, each in sources.items() if each == said or _named(source, key, each)), None)
    key = known or _free(source, sources)
    statement = {"answer": str(answer), "source": key}
    category, _, question = criterion.partition(".")
    wanted = _wanted(tree, sources if known else {**sources, key: said}, (category, question), statement)
    is_json = name.lower().endswith(".json") or text.lstrip()[:1] == "{"
    try:
        new = text if known else inserted(text, ("sources", key), said, is_json=is_json)
        new = inserted(new, ("answers", category, question), statement, is_json=is_json)
        same = _ordered(document.parse(new, name).root.plain()) == _ordered(wanted)
    except (ValueError, IndexError, InputError):
        same = False
    if not same:
        raise _by_hand(name, criterion, {"sources": {key: said}, "answers": {category: {question: statement}}})
    return Amended(new, dossier.parse_clinic(new, name), attrs.evolve(source, id=key))


def added(clinic: Clinic, criterion: str, answer: Answer, source: Source) -> Clinic:
    """Give the clinic as it would be with an answer, which is not written."""
    named = {each.id for each in clinic.sources()}
    source = attrs.evolve(source, id=_free(source, named))
    return clinic.answering({criterion: Statement(answer, source)})


def written(source: Source) -> dict[str, str]:
    """Give a source as a dossier writes it."""
    said = {"kind": str(source.kind), "who": source.who}
    return {**said, "seen": source.seen.isoformat()} if source.seen else said


def _named(source: Source, key: str, given: Any) -> bool:
    """Say whether a source of the dossier is this one, whatever else is known of it, such as its address."""
    return key == source.id and isinstance(given, dict) and written(source).items() <= given.items()


def _free(source: Source, taken: Mapping[str, Any] | set[str]) -> str:
    """Give an id that the dossier does not use: its kind and day, and a number if need be."""
    base = f"{source.kind}-{source.seen}" if source.seen else str(source.kind)
    names = (f"{base}-{i}" if i > 1 else base for i in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)


def _wanted(
    tree: dict[str, Any], sources: dict[str, Any], place: tuple[str, str], statement: dict[str, str]
) -> dict[str, Any]:
    """Give the tree that the new text has to have."""
    category, question = place
    answers = tree.get("answers") or {}
    asked = answers.get(category) or {}
    old = asked.get(question)
    new: Any = [*old, statement] if isinstance(old, list) else [old, statement] if old else statement
    return {**tree, "sources": sources, "answers": {**answers, category: {**asked, question: new}}}


def _ordered(tree: Any) -> str:
    """Write a tree so that two are the same text only where their keys have the same order."""
    return json.dumps(tree)


def _by_hand(name: str, criterion: str, new: dict[str, Any]) -> InputError:
    expected, got = told("fault.ask.can_grow"), told("fault.ask.cannot")
    hint = told("fault.ask.by_hand", answer=json.dumps(new, ensure_ascii=False))
    return InputError([Fault(name, 0, f"answers.{criterion}", expected, got, hint)])
