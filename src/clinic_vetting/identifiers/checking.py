"""Whether a number can exist, as the table of authorities says."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting import tables
from clinic_vetting.identifiers import written
from clinic_vetting.identifiers.check_digits import HOLDS
from clinic_vetting.words import ENGLISH, Told, catalogue, told

if TYPE_CHECKING:
    from clinic_vetting.tables import Authority

_MOST_KNOWN: Final = 50_000


class Form(StrEnum):
    """What the form of a number shows; *well formed* and *a valid check digit* are two things."""

    VALID_CHECK_DIGIT = "valid_check_digit"
    """Well formed, and its check digit holds."""
    WELL_FORMED = "well_formed"
    """It has the form; such numbers have no check digit that is known."""
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    """It has the form, and its check digit does not hold."""
    MALFORMED = "malformed"
    """It has not the form."""
    NOT_READ = "not_read"
    """It is not plainly one number, and was not judged."""
    NOT_KNOWN = "not_known"
    """How the authority's numbers look is not known here."""


_BEST_FIRST: Final = tuple(Form)
_GOOD: Final = (Form.VALID_CHECK_DIGIT, Form.WELL_FORMED)
_RULES_OUT: Final = {Form.MALFORMED: "form", Form.WRONG_CHECK_DIGIT: "check digit"}
"""What the table must say for such a number to be ruled out."""


@frozen(kw_only=True)
class Checked:
    """What the form of one number shows.

    Attributes:
        authority: The body by its short name; as it was given where the table has it not.
        number: As it was given.
        form: What was found.
        cannot_exist: Whether the table rules such a number out.
        name: The body's name in full, and
        country: its country, where known.
        look_up: Where a person looks it up, on the body's own site.
    """

    authority: str
    number: str
    form: Form
    cannot_exist: bool
    name: str | None = None
    country: str | None = None
    look_up: str | None = None

    def holds_in(self, country: str | None) -> bool:
        """Say whether it can be judged for a clinic in a country; elsewhere a short name can be another body's."""
        return country is None or self.country == country

    @property
    def odd(self) -> bool:
        """Whether somebody should look at it again: it cannot exist, or its check digit is wrong."""
        return self.cannot_exist or self.form is Form.WRONG_CHECK_DIGIT

    @property
    def looks(self) -> Told:
        """How such numbers look, in words."""
        message = f"looks.{self.authority}"
        return told(message if message in catalogue(ENGLISH, "reports") else "looks.not_known")

    @property
    def says(self) -> Told:
        """One sentence."""
        values = {"number": f"{self.authority} {self.number}", "looks": self.looks}
        if self.form not in (Form.WRONG_CHECK_DIGIT, Form.MALFORMED):
            return told(f"number.{self.form}", **values)
        form = "cannot_exist" if self.cannot_exist else "mistyped"
        return told(f"number.{form}", fault=told(f"number.{self.form}"), **values)


@lru_cache(maxsize=_MOST_KNOWN)
def check_number(authority: str, number: str) -> Checked:
    """Say whether a number is well formed for an authority, whether its check digit holds, and whether it can exist.

    Args:
        authority: Its short name, its name in full, or for a state's board `CA medical board`.
        number: As somebody wrote it.
    """
    found = tables.find(authority)
    if found is None:
        return Checked(authority=authority, number=number, form=Form.NOT_KNOWN, cannot_exist=False)
    form = _form(found, number)
    reason = _RULES_OUT.get(form)
    return Checked(
        authority=found.id,
        number=number,
        form=form,
        cannot_exist=reason is not None and reason in found.rules_out,
        name=found.name,
        country=found.country,
        look_up=found.look_up,
    )


def _form(authority: Authority, number: str) -> Form:
    if not authority.forms:
        return Form.NOT_KNOWN
    if (form := _fits(number, authority)) in _GOOD:
        return form
    text = written.plain(number, (authority.id, *authority.aliases))
    readings = {text, number.upper()}
    found = {_fits(part, authority) for each in readings for part in written.parts(each)}
    best = min(found, key=_BEST_FIRST.index, default=Form.MALFORMED)
    return best if best in _GOOD or written.is_one(text) else Form.NOT_READ


def _fits(text: str, authority: Authority) -> Form:
    """Give the best that any of an authority's forms makes of a text."""
    best = Form.MALFORMED
    for mask, check in authority.forms:
        if read := written.fitted(text, mask, authority.lost_zeros):
            if check == "none":
                return Form.WELL_FORMED
            if HOLDS[check](read):
                return Form.VALID_CHECK_DIGIT
            best = Form.WRONG_CHECK_DIGIT
    return best


@lru_cache(maxsize=_MOST_KNOWN)
def readings(authority: str, number: str) -> tuple[str, ...]:
    """Give every number of an authority that a text may be read as, in its plain form, sorted.

    Only such whose check digit holds, where the authority's numbers have one.

        >>> readings("NPI", "NPI 123 456-7893"), readings("NPI", "1234567890")
        (('1234567893',), ())
    """
    found = tables.find(authority)
    if found is None:
        return ()
    texts = {written.plain(number, (found.id, *found.aliases)), number.upper()}
    parts = {part for each in texts for part in written.parts(each)}
    fitted = [(written.fitted(part, mask, found.lost_zeros), check) for part in parts for mask, check in found.forms]
    return tuple(sorted({read for read, check in fitted if read and (check == "none" or HOLDS[check](read))}))
