"""A backtest as text and as a plain tree. As shown, start and parts of a change sum to it, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from clinic_vetting.reports.harmless import columns, harmless, wrapped
from clinic_vetting.reports.numbers import seen_apart
from clinic_vetting.score import apportioned, rounded
from clinic_vetting.upkeep.backtest import NOT_RATED
from clinic_vetting.upkeep.difference import named
from clinic_vetting.upkeep.explaining import Because
from clinic_vetting.words import ENGLISH, grouped, say, word

if TYPE_CHECKING:
    from fractions import Fraction

    from clinic_vetting.plan import Limit
    from clinic_vetting.upkeep.backtest import Backtest, Mover
    from clinic_vetting.upkeep.explaining import Explained, Part

DIGITS: Final = 2
MOST_MOVERS: Final = 20
"""Listings with another band that a text names; a tree names all."""
_MOST_PARTS: Final = 6
"""Parts of a change that a text names; the others are summed."""
_START: Final = ""


def backtest_tree(found: Backtest) -> dict[str, Any]:
    """Give it as a plain tree."""
    return {
        "criteria_backtest": 1,
        "old": named(found.old.criteria),
        "new": named(found.new.criteria),
        "listings": len(found.old.corpus.names),
        "bands": {"before": [*found.old.names], "after": [*found.new.names], "listings": found.matrix.tolist()},
        "spearman": None if found.correlation is None else round(found.correlation, 6),
        "moved": [_mover(found.mover(int(each))) for each in found.moved],
        "largest": [_mover(each) for each in found.explained()],
    }


def _mover(each: Mover) -> dict[str, Any]:
    scores = [None if score is None else float(rounded(score, DIGITS)) for score in each.scores]
    tree: dict[str, Any] = {"listing": each.listing + 1, "clinic": each.name, "bands": [*each.bands], "scores": scores}
    if each.explained:
        shown = _shown(each.explained)
        parts = [{**_part(part), "change": float(shown[part.criterion])} for part in each.explained.parts]
        tree |= {"start": float(shown[_START]), "parts": parts}
        tree["limits"] = [_limit(limit) for limit in each.limits]
    return tree


def _part(part: Part) -> dict[str, Any]:
    points = [None if each is None else round(float(each), DIGITS) for each in (part.before, part.after)]
    return {"criterion": part.criterion, "because": part.because.value, "points": points}


def _limit(limit: Limit) -> dict[str, Any]:
    found = seen_apart(limit.found, limit.wanted, DIGITS)
    numbers = {"wanted": float(limit.wanted), "found": float(found)}
    return {"band": limit.band, "condition": limit.condition, **numbers, "criteria": [*limit.criteria]}


def _shown(why: Explained) -> dict[str, Fraction]:
    """Round start and parts so that they sum to the difference of the scores as shown."""
    total = rounded(why.after, DIGITS) - rounded(why.before, DIGITS)
    return apportioned({_START: why.start, **{each.criterion: each.change for each in why.parts}}, total, DIGITS)


def backtest_text(found: Backtest, language: str = ENGLISH) -> str:
    """Write it in a language, in lines of about 80 columns; the matrix is as wide as its bands."""
    old, new = (f"{each.criteria.id} {each.criteria.version}" for each in (found.old, found.new))
    tells = _Teller(language)
    lines = [*_lines(f"{old} -> {new}"), *_lines(tells.summary(found)), "", tells.say("bands"), *_matrix(found, tells)]
    if moved := len(found.moved):
        lines += ["", *_lines(tells.say("moved"))]
        lines += [line for each in found.moved[:MOST_MOVERS] for line in tells.mover(found.mover(int(each)))]
        lines += [f"  {tells.say('more', count=grouped(moved - MOST_MOVERS, language))}"] if moved > MOST_MOVERS else []
    if len(found.largest):
        lines += ["", *_lines(tells.say("largest"))]
        lines += [line for each in found.explained() for line in ["", *tells.mover(each)]]
    return "\n".join(lines) + "\n"


def _matrix(found: Backtest, tells: _Teller) -> list[str]:
    counts = found.matrix.tolist()
    rows = [
        ["", *map(tells.band, found.new.names)],
        *(
            [tells.band(name), *(grouped(n, tells.language) for n in row)]
            for name, row in zip(found.old.names, counts, strict=True)
        ),
    ]
    first = max(columns(row[0]) for row in rows)
    wide = max(columns(cell) for row in rows for cell in row[1:]) + 2
    return [f"  {row[0]:<{first}}" + "".join(f"{cell:>{wide}}" for cell in row[1:]) for row in rows]


@frozen
class _Teller:
    """Tells a backtest in a language."""

    language: str

    def say(self, message: str, **values: object) -> str:
        return say(self.language, f"backtest.{message}", **values)

    def band(self, name: str | None) -> str:
        return say(self.language, "label.unrated") if name in (None, NOT_RATED) else str(name)

    def summary(self, found: Backtest) -> str:
        known = found.correlation
        alike = self.say("no_order") if known is None else self.say("correlation", correlation=f"{known:.4f}")
        listings, moved = (grouped(each, self.language) for each in (len(found.old.corpus.names), len(found.moved)))
        return self.say("listings", listings=listings, moved=moved, alike=alike)

    def mover(self, each: Mover) -> list[str]:
        """Tell what became of a listing, and why where that is known."""
        none, bands = say(self.language, "label.none"), " -> ".join(map(self.band, each.bands))
        scores = " -> ".join(
            none if score is None else f"{float(rounded(score, DIGITS)):.{DIGITS}f}" for score in each.scores
        )
        return [*_lines(f"{each.name}: {scores}, {bands}", 2, 4), *self._why(each)]

    def _why(self, each: Mover) -> list[str]:
        why = each.explained
        if why is None:
            return []
        shown, counts = _shown(why), self.say("because.unknown_counts")
        lines = [_line(float(shown[_START]), self.say("start"), counts)] if why.start else []
        named_ones, rest = why.parts[:_MOST_PARTS], why.parts[_MOST_PARTS:]
        lines += [_line(float(shown[part.criterion]), part.criterion, self._words(part)) for part in named_ones]
        total = sum(float(shown[part.criterion]) for part in rest)
        lines += [_line(total, self.say("others", count=len(rest)), self.say("together"))] if rest else []
        return lines + [line for limit in each.limits for line in self._kept_out(limit)]

    def _kept_out(self, limit: Limit) -> list[str]:
        found, wanted = float(seen_apart(limit.found, limit.wanted, DIGITS)), float(limit.wanted)
        condition = word(self.language, "field", limit.condition)
        numbers = {"band": limit.band, "condition": condition, "wanted": f"{wanted:g}", "found": f"{found:g}"}
        named_ones = limit.criteria and limit.condition != "failed_at_most"
        form = "kept_out_by" if named_ones else "kept_out"
        return _lines(self.say(form, criteria=", ".join(limit.criteria), **numbers), 4, 6)

    def _words(self, part: Part) -> str:
        if part.because is not Because.POINTS:
            return self.say(f"because.{part.because}")
        before, after = (f"{float(each or 0):.{DIGITS}f}" for each in (part.before, part.after))
        return self.say("points", before=before, after=after)


def _line(change: float, what: str, words: str) -> str:
    return f"    {change:>+7.{DIGITS}f}  {what:<38} {words}"


def _lines(text: str, first: int = 0, rest: int = 0) -> list[str]:
    return wrapped(harmless(text), first, rest)
