"""The method page of each shipped criteria set, written from the set itself when the site is built."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting import (
    Answer,
    Clinic,
    Kind,
    Outcome,
    Source,
    Statement,
    criteria_digest,
    load_criteria,
    shipped,
    vet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clinic_vetting import Band, Category, CriteriaSet, Criterion

_SEEN: Final = Source("inspection", Kind.INSPECTION, "an inspection", seen=dt.date(2026, 11, 1))
_DAY: Final = dt.date(2026, 11, 21)


@frozen
class Situation:
    """A kind of clinic, told by what does not apply to it.

    Attributes:
        title: For readers, and short.
        because: What is so there.
        excused: Full ids of criteria, or ids of categories, that an inspection found not to apply.
    """

    title: str
    because: str
    excused: tuple[str, ...] = ()

    def excuses(self, criterion: Criterion) -> bool:
        """Say whether a criterion does not apply there."""
        return criterion.full_id in self.excused or criterion.category in self.excused


SITUATIONS: Final = (
    Situation("all", "everything that the set asks applies"),
    Situation(
        "no licence for premises",
        "the law there has no registration or licence for premises that offer these treatments",
        ("credentials.facility_registered",),
    ),
    Situation(
        "no medicine",
        "no prescription medicine is injected and nothing is mixed to order",
        ("credentials.prescriber_examines", "sourcing.prescription_named", "sourcing.compounding_licensed"),
    ),
    Situation("no supervisor", "nobody works under another person's authority", ("credentials.supervision_real",)),
    Situation("no reviews", "the treatment is too new there for reviews to exist", ("reviews",)),
)


def points(criteria: CriteriaSet, situation: Situation) -> dict[str, float]:
    """Give the effective points of each criterion that applies in a situation, of 100."""
    excused = {
        each.full_id: Statement(Answer.NOT_APPLICABLE, _SEEN) for each in criteria.criteria() if situation.excuses(each)
    }
    verdict = vet(Clinic(id="a-situation", answers=excused), criteria, as_of=_DAY)
    return {each.id: float(each.points) for each in verdict.findings if each.points is not None}


def pages(criteria: CriteriaSet) -> dict[str, str]:
    """Write the pages of one set in Markdown, by their names: `index` and one for each category."""
    worth = [points(criteria, each) for each in SITUATIONS]
    categories = {each.id: _page(_category(criteria, each, worth)) for each in criteria.categories}
    return {"index": _page(_index(criteria, worth)), **categories}


def contents(sets: Sequence[CriteriaSet]) -> str:
    """Write the page that leads to the sets."""
    listed = [f"- [{_plain(each.title)}]({each.id}/index.md): {_count(each)} criteria" for each in sets]
    tree = ["```{toctree}", ":hidden:", "", *(f"{each.id}/index" for each in sets), "```"]
    told = "These pages are written from the sets themselves; [the method](../method.md) says how they are used."
    return _page(["# The criteria", "", told, "", *listed, "", *tree])


def write(folder: Path) -> None:
    """Write all pages into a folder; leave what has not changed as it is."""
    sets = [load_criteria(name) for name in shipped()]
    texts = {"index.md": contents(sets)}
    for each in sets:
        texts |= {f"{each.id}/{name}.md": text for name, text in pages(each).items()}
    keep(folder, texts)


def keep(folder: Path, texts: dict[str, str]) -> None:
    """Have these files in a folder and no others; what says so already stays, and is not built again."""
    for place in (each for each in folder.rglob("*") if each.is_file()):
        if place.relative_to(folder).as_posix() not in texts:
            place.unlink()
    for name, text in texts.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Write the pages before Sphinx looks for them."""
    app.connect("builder-inited", lambda each: write(Path(each.srcdir, "criteria-sets")))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _count(criteria: CriteriaSet) -> int:
    return sum(1 for _ in criteria.criteria())


def _plain(text: str) -> str:
    """Write text so that Markdown shows it as it stands."""
    return re.sub(r"([\\`*_{}\[\]<>|#$~])", r"\\\1", text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _index(criteria: CriteriaSet, worth: Sequence[dict[str, float]]) -> Iterator[str]:
    yield from (f"# {_plain(criteria.title)}", "")
    yield from (f"Set `{criteria.id}`, version {criteria.version}, {_count(criteria)} criteria.", "")
    if criteria.based_on:
        yield from (f"Based on {_plain(criteria.based_on)}. What it changed [stands below](#what-it-changed).", "")
    yield from (f"Digest: `{criteria_digest(criteria)}`", "")
    yield from _settings(criteria)
    yield from ("## Bands, best first", "")
    yield from _table(("band", "conditions", "says"), (_band(each) for each in criteria.bands))
    yield from _all_points(criteria, worth)
    yield from _changes(criteria)
    yield from ("```{toctree}", ":hidden:", "", *(each.id for each in criteria.categories), "```")


def _settings(criteria: CriteriaSet) -> Iterator[str]:
    yield from ("## What is believed", "")
    strengths = criteria.evidence.items()
    yield from _table(("kind of source", "`yes`", "`no`"), ([k, str(s.for_), str(s.against)] for k, s in strengths))
    yield f"Evidence counts in full for {criteria.fresh_for} unless a criterion says otherwise. A failure older than"
    yield f"{criteria.failures_fresh_for} yields to a later `yes` of half its strength. A point that nobody knows of"
    yield from (f"adds {criteria.unknown_counts} to the score.", "")


def _band(band: Band) -> list[str]:
    numbers = [f"{name.replace('_', ' ')}: {abs(value)}" for name, value in band.strictness().items()]
    required = [f"met: {', '.join(f'`{each}`' for each in band.met)}"] if band.met else []
    return [f"**{_plain(band.label)}**", "; ".join([*numbers, *required]) or "none", _plain(band.says or "")]


def _all_points(criteria: CriteriaSet, worth: Sequence[dict[str, float]]) -> Iterator[str]:
    yield from ("## Effective points", "")
    yield from ("What each criterion is worth of 100 depends on what else applies; a dash is for what does not.", "")
    yield from (f"- **{each.title}**: {each.because}." for each in SITUATIONS)
    yield ""
    head = ("criterion", "severity", *(each.title for each in SITUATIONS))
    for category in criteria.categories:
        yield from (f"### [{_plain(category.title)}]({category.id}.md)", "")
        asked = ((f"[`{each.full_id}`](#{_anchor(criteria, each)})", each) for each in category.criteria)
        rows = ([link, each.severity.value, *_worth(each, worth)] for link, each in asked)
        sums = [f"**{sum(points.get(each.full_id, 0) for each in category.criteria):.1f}**" for points in worth]
        yield from _table(head, [*rows, ["**together**", "", *sums]])


def _worth(criterion: Criterion, worth: Sequence[dict[str, float]]) -> list[str]:
    known = [points.get(criterion.full_id) for points in worth]
    return ["\N{EN DASH}" if each is None else f"{each:.2f}" for each in known]


def _changes(criteria: CriteriaSet) -> Iterator[str]:
    if criteria.changes:
        yield from ("## What it changed", "")
        rows = ([_plain(each.what), _plain(each.because), _plain(each.owner)] for each in criteria.changes)
        yield from _table(("change", "because", "owner"), rows)


def _category(criteria: CriteriaSet, category: Category, worth: Sequence[dict[str, float]]) -> Iterator[str]:
    whole = sum(each.weight for each in criteria.categories)
    yield from (f"# {_plain(category.title)}", "")
    yield from (f"Weight {category.weight} of {whole}; {len(category.criteria)} criteria.", "")
    for each in category.criteria:
        yield from _criterion(criteria, category, each, worth)


def _criterion(
    criteria: CriteriaSet, category: Category, each: Criterion, worth: Sequence[dict[str, float]]
) -> Iterator[str]:
    within = sum(other.weight for other in category.criteria)
    yield from (f"({_anchor(criteria, each)})=", f"## `{each.full_id}`", "", f"**{_plain(each.question)}**", "")
    measure = f"`{each.measure}`" if each.measure else "none: answered directly"
    facts = [each.severity.value, f"{each.weight} of {within}", str(criteria.freshness(each)), measure]
    yield from _table(("severity", "weight in the category", "fresh for", "measure"), [facts])
    yield from _table([f"points: {one.title}" for one in SITUATIONS], [_worth(each, worth)])
    for title, text in (
        ("Why", each.why),
        ("To ask", each.ask),
        ("To check", each.check),
        ("If failed", each.if_failed),
    ):
        if text:
            yield from (f"**{title}.** {_plain(text)}", "")
    yield from (
        f"*Our standard ({', '.join((*one.countries, *one.regions))}).* {_plain(one.says)}\n"
        for one in each.our_standard
    )
    yield from _table(("outcome", "what a report says"), ([one, _plain(each.sentence(one))] for one in Outcome))
    yield from (f"- {_reference(criteria, name)}" for name in each.references)
    yield ""


def _reference(criteria: CriteriaSet, name: str) -> str:
    found = criteria.references[name]
    return f"[{_plain(str(found))}](<{found.url}>)" if found.url else _plain(str(found))


def _anchor(criteria: CriteriaSet, criterion: Criterion) -> str:
    return f"{criteria.id}-{criterion.full_id.replace('.', '-').replace('_', '-')}"
