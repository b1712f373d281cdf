"""Lint, differences and changes of criteria sets, as a person reads them: lines of at most 80 columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting.dates import Span
from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.translation import in_language
from clinic_vetting.upkeep.difference import difference
from clinic_vetting.words import ENGLISH, again, say, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.upkeep.difference import Difference, Moved, SetDifference
    from clinic_vetting.upkeep.lint import Linted
    from clinic_vetting.upkeep.remark import Remark

_LONG: Final = 40
"""Characters from which on a value stands on a line of its own."""


def lint_text(linted: Linted, accepted: tuple[str, ...] = (), language: str = ENGLISH) -> str:
    """Write what lint says, in a language; what somebody accepts is told as such."""
    numbers = {name: f"{float(getattr(linted, name)):.1f}" for name in ("least", "start", "most")}
    lines = [*_lines(say(language, "lint.score", criteria=_name(linted.criteria), **numbers))]
    for each in linted.remarks:
        lines += ["", *_remark(each, each.rule in accepted, language)]
    failing = len(linted.failing(accepted))
    return "\n".join([*lines, "", say(language, "lint.sum", mend=failing, know=len(linted.remarks) - failing)]) + "\n"


def _remark(each: Remark, accepted: bool, language: str) -> list[str]:  # noqa: FBT001 - one word more
    what, why, do = (again(text, language) for text in (each.what, each.why, each.do))
    level = word(language, "lint.level", "accepted" if accepted else each.level)
    return [
        *_lines(f"{each.place}"),
        *_lines(say(language, "lint.said", level=level, rule=each.rule, what=what), 2, 4),
        *_lines(say(language, "lint.why", why=why), 4, 4),
        *_lines(say(language, "lint.do", do=do), 4, 4),
    ]


def difference_text(found: SetDifference, language: str = ENGLISH) -> str:
    """Write what differs between two sets, in the words of a language."""
    return (
        "\n".join(
            [*_lines(f"{_name(found.old)} -> {_name(found.new)}"), *_Teller(language).all(found.in_language(language))]
        )
        + "\n"
    )


@frozen
class _Teller:
    """Tells differences in a language."""

    language: str

    def all(self, found: SetDifference) -> list[str]:
        if not found:
            return [self._say("nothing")]
        lines, moved = list[str](), {each.id: self._worth(each) for each in found.moved}
        for kind, group in groupby(found.differences, lambda each: each.kind):
            lines += ["", self._say(f"heading.{kind}"), *self._group(group, moved if kind == "criterion" else {})]
        touched = {each.id for each in found.differences if each.kind == "criterion"}
        if others := [each.id for each in found.moved if each.id not in touched]:
            lines += ["", *_lines(self._say("around")), *(f"  {name:<40} {moved[name]:>24}" for name in others)]
        return lines

    def _say(self, message: str, **values: object) -> str:
        return say(self.language, f"set.{message}", **values)

    def _group(self, group: Iterable[Difference], moved: dict[str, str]) -> Iterator[str]:
        for name, each in groupby(group, lambda each: each.id):
            fields = list(each)
            worth = f" ({moved[name]})" if name in moved else ""
            if fields[0].field:
                yield from _lines(f"{name}{worth}", 2, 4) if name else ()
                yield from (line for one in fields for line in self._field(one))
            else:
                yield from self._whole(fields[0], worth)

    def _whole(self, each: Difference, worth: str) -> list[str]:
        """Tell what is new or gone."""
        form, value = ("removed", each.before) if each.after is None else ("added", each.after)
        what = each.id
        if each.kind == "criterion":
            severity = word(self.language, "severity", value["severity"])
            what = self._say("weighed", what=each.id, severity=severity, weight=value["weight"])
        says = next((value[name] for name in ("question", "title", "label") if name in value), "")
        conditions = {name: inner for name, inner in value.items() if name not in ("label", "says", "place")}
        every_other = say(self.language, "criteria.every_other")
        more = f" {self._plain(conditions) or f'({every_other})'}" if each.kind == "band" else ""
        return _lines(f"{self._say(form, what=what)}{worth}: {says}{more}", 2, 4)

    def _field(self, each: Difference) -> list[str]:
        name = self._named(each.field)
        before, after = (self._value(each.field, value) for value in (each.before, each.after))
        if len(before) + len(after) < _LONG:
            return _lines(self._say("field", field=name, before=before, after=after), 4, 6)
        was, now = self._say("was", value=before), self._say("is", value=after)
        return [*_lines(f"{name}:", 4, 6), *_lines(was, 6, 8), *_lines(now, 6, 8)]

    def _named(self, field: str) -> str:
        """Name a field, and of sentences the outcome, in words."""
        name, _, outcome = field.partition(".")
        parts = [word(self.language, "field", name), *([word(self.language, "outcome", outcome)] if outcome else [])]
        return ".".join(parts)

    def _value(self, field: str, value: Any) -> str:
        """Write the value of a field in words."""
        match field, value:
            case "severity", str():
                return word(self.language, "severity", value)
            case "fresh_for" | "failures_fresh_for", str():
                span = Span.parse(value)
                return say(self.language, f"span.{span.unit}", count=span.count)
            case _:
                return self._plain(value)

    def _plain(self, value: Any) -> str:
        """Write a plain value in words."""
        match value:
            case None:
                return say(self.language, "label.none")
            case dict(mapping):
                return ", ".join(
                    f"{word(self.language, 'field', name)} {self._plain(inner)}" for name, inner in mapping.items()
                )
            case list(items):
                return ", ".join(self._plain(each) for each in items)
            case _:
                return str(value)

    def _worth(self, each: Moved) -> str:
        both = [f"{float(points):.2f}" for points in (each.before, each.after) if points is not None]
        return self._say("points", points=" -> ".join(both))


def changes_text(criteria: CriteriaSet, root: CriteriaSet, language: str = ENGLISH) -> str:
    """Write what a set changed in those that it builds on, why and by whom, and every word before and after.

    Args:
        criteria: The set.
        root: The set at the bottom of those that it builds on.
        language: In which it is told.
    """
    spoken = in_language(criteria, language)
    lines = [*_lines(f"{_name(criteria)}: {spoken.title}")]
    if not criteria.changes:
        return "\n".join([*lines, say(language, "set.unchanged")]) + "\n"
    lines += _lines(say(language, "set.builds_on", set=criteria.based_on)) if criteria.based_on else []
    for (because, owner), changes in groupby(spoken.changes, lambda each: (each.because, each.owner)):
        lines += ["", *_lines(again(because, language)), *_lines(say(language, "set.by", owner=owner), 2, 2)]
        lines += [line for each in changes for line in _lines(f"- {again(each.what, language)}", 4, 6)]
    before_after = ["", say(language, "set.before_after"), "", ""]
    return "\n".join([*lines, *before_after]) + difference_text(difference(root, criteria), language)


def _name(criteria: CriteriaSet) -> str:
    return f"{criteria.id} {criteria.version}"


def _lines(text: str, first: int = 0, rest: int = 0) -> list[str]:
    return wrapped(harmless(text), first, rest)
