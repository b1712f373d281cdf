"""What official decisions about people say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import Action
from clinic_vetting.evidence import Answer, Kind, Less
from clinic_vetting.measures.looks import outdated
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import said, same

if TYPE_CHECKING:
    import datetime as dt

    from clinic_vetting.clinic import Clinic, Practitioner, Sanction
    from clinic_vetting.combining import Part
    from clinic_vetting.measures.saying import Says

SANCTION: Final = {
    Action.SUSPENSION: Answer.NO,
    Action.REVOCATION: Answer.NO,
    Action.SURRENDER: Answer.NO,
    Action.EXCLUSION: Answer.NO,
    Action.PROHIBITION: Answer.NO,
    Action.CONDITIONS: Answer.PARTLY,
}


@register("unsanctioned_injectors", reads="sanctions", registers="people")
def unsanctioned_injectors(clinic: Clinic, as_of: dt.date) -> Part:
    """Report each decision in force; an allegation and a decision that has ended say nothing.

    About somebody who is on record as not injecting it is a doubt.
    """
    old = outdated(clinic.sanctions, as_of)
    return tuple(
        statement
        for each in clinic.sanctions
        if each not in old
        if (each.decided is None or each.decided <= as_of) and (each.ended is None or as_of < each.ended)
        for statement in said(decided(each, clinic), each.source, each)
    )


def decided(sanction: Sanction, clinic: Clinic) -> Says | None:
    """Say what a decision means for a clinic; nothing where it restricts nobody.

    It is a doubt where somebody other than the clinic shows that whom it restricts does not inject.
    """
    answer = SANCTION.get(sanction.action)
    if answer is None or sanction.practitioner is None:
        return answer
    whom = sanction.practitioner
    named = [each for each in clinic.practitioners if each.name and same(each.name, whom)]
    return Less.DOUBT if named and all(map(_is_seen_not_to_inject, named)) else answer


def _is_seen_not_to_inject(person: Practitioner) -> bool:
    return person.injects is False and person.source is not None and person.source.kind is not Kind.CLAIM
