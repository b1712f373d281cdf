"""Every word of a record that answers; no word has two meanings, and all others answer nothing."""

from __future__ import annotations

from typing import Final

from clinic_vetting.clinic import AuthorisationStatus
from clinic_vetting.evidence import Answer, Less
from clinic_vetting.measures import credentials
from clinic_vetting.measures.saying import Says

AUTHORISATION: Final = {
    each: Answer.YES if each is AuthorisationStatus.AUTHORISED else Answer.NO for each in AuthorisationStatus
}
_RECORDS_WORDS: Final[list[tuple[str, Answer]]] = [
    *credentials.LICENCE.items(),
    *credentials.SANCTION.items(),
    *credentials.REGISTRATION.items(),
    *AUTHORISATION.items(),
]
WORDS: Final[dict[str | bool | None, Says]] = {
    True: Answer.YES,
    False: Answer.NO,
    **{each: each for each in Answer},
    **{each: each for each in Less},
    **dict(_RECORDS_WORDS),
}
