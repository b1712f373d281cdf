"""What else than the clinic is told to have given an event: another hand, body or place, or a time before the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.reviews.vocabulary import words_of

if TYPE_CHECKING:
    from clinic_vetting.reviews.clauses import Clause
    from clinic_vetting.reviews.phrases import Place

_NEAR: Final = 4
"""How many words may stand between who did it and the verb: `my dentist in town once gave me`."""


def is_of_another_cause(clause: Clause, mention: Place) -> bool:
    """Say whether an event is told of another cause than a treatment here, to which its clause does not tie it."""
    if clause.only("linked"):
        return False
    if any(_gave(clause, each, mention) for each in _hands(clause)):
        return True
    return not clause.in_sentence("linked") and (
        any(_gave(clause, each, mention) for each in clause.causes("other_occasion"))
        or _was_caught(clause, mention)
        or _was_before(clause, mention)
        or _was_waited_for(clause, mention)
    )


def _hands(clause: Clause) -> list[Place]:
    """Find the verbs of what another hand is said to have done."""
    agents, verbs = (clause.cues.get(name, ()) for name in ("other_agent", "causing"))
    return [each for each in verbs if any(0 <= each.start - one.end <= _NEAR for one in agents)]


def _gave(clause: Clause, cause: Place, mention: Place) -> bool:
    """Say whether a cause is named in the clause of the event, or before one that goes on: `it got infected`."""
    carries = clause.words[clause.start] in words_of("carrying") and cause.end <= clause.start
    return carries or (bool(clause.holding([cause])) and (cause.name != "causing" or cause.start < mention.start))


def _was_caught(clause: Clause, mention: Place) -> bool:
    """Say whether it was caught in another place: `got an infection at the gym`."""
    caught = any(each.end <= mention.start for each in clause.only("catching"))
    return caught and any(each.start >= mention.end for each in clause.only("other_place"))


def _was_before(clause: Clause, mention: Place) -> bool:
    """Say whether it is told of a time before the visit, and not as what never was until then."""
    last = [each for each in clause.words[mention.end : clause.end] if each not in words_of("joining")][-1:]
    ends_so = not words_of("earlier").isdisjoint(last)
    earlier = ends_so or any(each.start >= mention.end for each in clause.only("beforehand"))
    never = not words_of("never_before").isdisjoint(clause.words[clause.start : mention.start])
    return earlier and not never and _is_first(clause, mention)


def _was_waited_for(clause: Clause, mention: Place) -> bool:
    """Say whether the visit was put off for it."""
    return any(each.start >= mention.end for each in clause.cues.get("put_off", ())) and _is_first(clause, mention)


def _is_first(clause: Clause, mention: Place) -> bool:
    """Say whether nothing after the event tells of another visit than the first: `before my second session`."""
    return words_of("another_visit").isdisjoint(clause.words[mention.end :])
