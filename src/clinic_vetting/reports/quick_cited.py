"""What was said on each criterion, as JSON; what surrounds the words of dossiers is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_vetting.combining import Several
from clinic_vetting.remembering import ordered, ruling, scales
from clinic_vetting.reports import fragments
from clinic_vetting.reports.fragments import words
from clinic_vetting.words import again, telling

if TYPE_CHECKING:
    from clinic_vetting.evidence import Ruling, Source, Statement, Weighed
    from clinic_vetting.heard import Heard
    from clinic_vetting.remembering import Alone
    from clinic_vetting.verdict import Verdict

_NOTHING_MORE: Final = 'null, "record": null}'


def cited(verdict: Verdict) -> dict[int, str]:
    """Write what was said by place, on each criterion on which somebody has spoken; else it is `UNSAID`."""
    cites, changes, weighing = Citations(verdict.language), verdict.first_changes, scales(verdict.plan, verdict.as_of)
    found = {}
    for place, said in verdict.ahead.heard.items():
        alone, change = said.alone, changes[place]
        written = cites.alike(said, alone) if alone else cites.ruled(weighing[place].found(said.part, said.direct))
        found[place] = f'{written}"{change[0]}"' if change else f"{written}null"
    if verdict.found.worth.asking != verdict.plan.everything:
        found.update(_unasked(verdict, cites))
    return found


def _unasked(verdict: Verdict, cites: Citations) -> dict[int, str]:
    """Write what was said on what the set does not ask; it never changes."""
    plan, asking = verdict.plan, verdict.found.worth.asking
    places = [place for place in range(len(plan.asked)) if not asking >> place & 1]
    rulings = {place: ruling(plan, place, verdict.clinic, verdict.as_of) for place in places}
    return {place: f"{cites.ruled(each)}null" for place, each in rulings.items()}


class Citations:
    """Writes statements in a language; who each source is, and its id and address, once.

    Sources are known by identity, and so kept as long as this is.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._sources: dict[int, tuple[str, str, Source]] = {}

    def ruled(self, found: Ruling) -> str:
        """Write what has been decided between statements, up to the day on which that changes."""
        deciding = self._cite(found.deciding) if found.deciding else "null"
        others = ", ".join(map(self._cite, found.others))
        disputed = "true" if found.contradicted else "false"
        return f'"decided_by": {deciding}, "other_statements": [{others}], "contradicted": {disputed}, "changes_on": '

    def alike(self, said: Heard, alone: Alone) -> str:
        """Write the same of one statement, or of several that are alike."""
        around = fragments.citation(alone)
        if around is None:
            return fragments.UNSAID[:-4]
        if isinstance(said.part, Several):
            first, *others = ordered(said.part)
        else:
            (first,), others = said.part or said.direct, []
        decided = f"{around.opening}{self._words(first, around.between)}"
        if not others:
            return f"{decided}{around.closing}"
        cited = ", ".join([f"{around.before}{self._words(each, around.between)}" for each in others])
        return f'{decided}, "other_statements": [{cited}], "contradicted": false, "changes_on": '

    def _cite(self, weighed: Weighed) -> str:
        before, between = fragments.around(weighed)
        return f"{before}{self._words(weighed.statement, between)}"

    def _words(self, statement: Statement, between: str) -> str:
        """Write a statement from who says so to its end."""
        source = statement.source
        who, where, _ = self._sources.get(id(source)) or self._source(source)
        if statement.note is None and statement.record is None:
            return f"{who}{between}{where}{_NOTHING_MORE}"
        record = None if statement.record is None else telling(statement.record, self.language)
        note = statement.note and again(statement.note, self.language)
        return f'{who}{between}{where}{words(note)}, "record": {words(record)}}}'

    def _source(self, source: Source) -> tuple[str, str, Source]:
        where = f'{words(source.id)}, "url": {words(source.url)}, "note": '
        written = self._sources[id(source)] = words(again(source.who, self.language)), where, source
        return written
