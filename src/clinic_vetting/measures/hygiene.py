"""What notices about the clinic say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.clinic import NoticeKind
from clinic_vetting.evidence import Answer
from clinic_vetting.measures.looks import ABOUT_PRODUCTS, outdated
from clinic_vetting.measures.registry import register
from clinic_vetting.measures.saying import said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from clinic_vetting.clinic import Clinic, Notice
    from clinic_vetting.combining import Part
    from clinic_vetting.measures.saying import Says

GOES_ON: Final = frozenset({NoticeKind.IMPROVEMENT, NoticeKind.WARNING})


@register("no_open_notices", reads="notices")
def no_open_notices(clinic: Clinic, as_of: dt.date) -> Part:
    """Report each notice in force about the clinic; none on record proves nothing."""
    return in_force(as_of, [each for each in clinic.notices if each.kind not in ABOUT_PRODUCTS], about_clinic)


def about_clinic(notice: Notice) -> Answer:
    """Say what a notice about the clinic means: one that lets it go on is half."""
    return Answer.PARTLY if notice.kind in GOES_ON else Answer.NO


def in_force(as_of: dt.date, notices: list[Notice], says: Callable[[Notice], Says | None]) -> Part:
    """Report notices that have been issued and not lifted, by what each says."""
    old = outdated(notices, as_of)
    return tuple(
        statement
        for each in notices
        if each not in old
        if (each.issued is None or each.issued <= as_of) and (each.lifted is None or as_of < each.lifted)
        for statement in said(says(each), each.source, each)
    )
