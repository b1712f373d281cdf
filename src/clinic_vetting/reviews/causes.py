"""What else than the clinic is told to have given an event: another hand, body or place, or a time before the visit.

Each rule takes an alarm away, and so is narrow: between what it rests on and the event may stand but the few words
of a row of the table `clause_words`, and nothing may tie the event to the clinic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.reviews.vocabulary import words_of

if TYPE_CHECKING:
    from clinic_vetting.reviews.clauses import Clause
    from clinic_vetting.reviews.phrases import Place

_CARRIED: Final = 3
"""How many words may stand before an event in a clause that goes on from its cause: `it got badly infected`."""
_GERMS: Final = frozenset({"infection", "bloodborne"})
"""Events that people have from elsewhere: who only *got* them in a place may have caught them there."""


def is_of_another_cause(clause: Clause, mention: Place) -> bool:
    """Say whether an event is told of another cause than a treatment here, to which its clause does not tie it."""
    if clause.only("linked") or clause.was_here(mention):
        return False
    return _was_given(clause, mention) or (
        not clause.in_sentence("linked")
        and (
            _was_of_the_body(clause, mention)
            or _was_caught(clause, mention)
            or _was_before(clause, mention)
            or _was_waited_for(clause, mention)
        )
    )


def _was_given(clause: Clause, mention: Place) -> bool:
    """Say whether another hand gave it, or wounded what then went wrong: `my barber nicked me and it got infected`."""
    return any(
        clause.only_between(each.end, mention.start, between)
        for name, between in (("causing", "describing"), ("wounding", "worsening"))
        for each in _by_another(clause, name)
    )


def _by_another(clause: Clause, name: str) -> list[Place]:
    """Find the verbs of what another hand is said to have done."""
    agents, verbs = clause.named("other_agent"), clause.cues.get(name, ())
    return [each for each in verbs if any(clause.only_between(one.end, each.start, "meanwhile") for one in agents)]


def _carries(clause: Clause, cause: Place, mention: Place) -> bool:
    """Say whether the clause of the event goes on from a cause before it."""
    carrying = clause.words[clause.start] in words_of("carrying") and cause.end <= clause.start
    return carrying and mention.start - clause.start <= _CARRIED


def _was_of_the_body(clause: Clause, mention: Place) -> bool:
    """Say whether it belongs to another occasion of the body: `a spider bite`."""
    occasions = clause.causes("other_occasion")
    return bool(clause.holding(occasions)) or any(_carries(clause, each, mention) for each in occasions)


def _was_caught(clause: Clause, mention: Place) -> bool:
    """Say whether it was caught in another place: `caught an infection on holiday`, `got one at the gym`."""
    return (_is_object(clause, "catching", mention) and _was_at(clause, ("other_place", "away"), mention)) or (
        mention.name in _GERMS and _is_object(clause, "getting", mention) and _was_at(clause, ("other_place",), mention)
    )


def _is_object(clause: Clause, name: str, mention: Place) -> bool:
    return any(clause.only_between(each.end, mention.start, "describing") for each in clause.only(name))


def _was_at(clause: Clause, names: tuple[str, ...], mention: Place) -> bool:
    return any(clause.follows(mention, each) for name in names for each in clause.named(name))


def _was_before(clause: Clause, mention: Place) -> bool:
    """Say whether it is told of a time before coming here, and not as what never was until then."""
    joining = words_of("joining")
    ends = (each for each in clause.only("earlier") if joining.issuperset(clause.words[each.end : each.end + 1]))
    earlier = any(clause.follows(mention, each) for each in (*ends, *clause.only("beforehand")))
    never = not words_of("never_before").isdisjoint(clause.words[clause.start : mention.start])
    return earlier and not never and _is_first(clause, mention)


def _was_waited_for(clause: Clause, mention: Place) -> bool:
    """Say whether the first visit was put off for an illness, to the reviewer's content."""
    put_off = any(each.start >= mention.end for each in clause.cues.get("put_off", ()))
    content = not words_of("content").isdisjoint(clause.words[mention.end :])
    return mention.name in _GERMS and put_off and content and _is_first(clause, mention)


def _is_first(clause: Clause, mention: Place) -> bool:
    """Say whether nothing after the event tells of another visit than the first: `before my second session`."""
    return words_of("another_visit").isdisjoint(clause.words[mention.end :])
