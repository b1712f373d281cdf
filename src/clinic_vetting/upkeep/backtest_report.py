"""A backtest as text and as a plain tree. As shown, start and parts of a change sum to it, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clinic_vetting.reports.harmless import columns, harmless, wrapped
from clinic_vetting.reports.numbers import seen_apart
from clinic_vetting.score import apportioned, rounded
from clinic_vetting.upkeep.difference import named
from clinic_vetting.upkeep.explaining import Because

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
_WORDS: Final = {
    Because.ADDED: "asked now",
    Because.REMOVED: "no longer asked",
    Because.APPLIES: "applies under one set only",
    Because.BELIEF: "the same facts count otherwise",
    Because.UNKNOWN_COUNTS: "the unknown counts otherwise",
}


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


def backtest_text(found: Backtest) -> str:
    """Write it in lines of about 80 columns; the matrix is as wide as its bands."""
    old, new = (f"{each.criteria.id} {each.criteria.version}" for each in (found.old, found.new))
    listings, moved = len(found.old.corpus.names), len(found.moved)
    alike = "no order to compare" if found.correlation is None else f"rank correlation {found.correlation:.4f}"
    lines = [*_lines(f"{old} -> {new}"), f"{listings:,} listings, {moved:,} with another band; {alike} (Spearman)"]
    lines += ["", "Bands before (rows) and after (columns)", *_matrix(found)]
    if moved:
        lines += ["", "Another band, the largest change of score first"]
        lines += [line for each in found.moved[:MOST_MOVERS] for line in _told(found.mover(int(each)))]
        lines += [f"  and {moved - MOST_MOVERS:,} more"] if moved > MOST_MOVERS else []
    if len(found.largest):
        lines += ["", "The largest changes of score, explained"]
        lines += [line for each in found.explained() for line in ["", *_told(each)]]
    return "\n".join(lines) + "\n"


def _matrix(found: Backtest) -> list[str]:
    counts = found.matrix.tolist()
    rows = [
        ["", *found.new.names],
        *([name, *(f"{n:,}" for n in row)] for name, row in zip(found.old.names, counts, strict=True)),
    ]
    first = max(columns(row[0]) for row in rows)
    wide = max(columns(cell) for row in rows for cell in row[1:]) + 2
    return [f"  {row[0]:<{first}}" + "".join(f"{cell:>{wide}}" for cell in row[1:]) for row in rows]


def _told(each: Mover) -> list[str]:
    """Tell what became of a listing, and why where that is known."""
    bands = " -> ".join(band or "not rated" for band in each.bands)
    scores = " -> ".join(
        "none" if score is None else f"{float(rounded(score, DIGITS)):.{DIGITS}f}" for score in each.scores
    )
    return [*_lines(f"{each.name}: {scores}, {bands}", 2, 4), *_why(each)]


def _why(each: Mover) -> list[str]:
    why = each.explained
    if why is None:
        return []
    shown = _shown(why)
    lines = [_line(float(shown[_START]), "the start", "what is unknown counts otherwise")] if why.start else []
    named_ones = why.parts[:_MOST_PARTS]
    lines += [_line(float(shown[part.criterion]), part.criterion, _words(part)) for part in named_ones]
    rest = why.parts[_MOST_PARTS:]
    total = sum(float(shown[part.criterion]) for part in rest)
    lines += [_line(total, f"{len(rest)} others", "together")] if rest else []
    return lines + [line for limit in each.limits for line in _kept_out(limit)]


def _kept_out(limit: Limit) -> list[str]:
    found, wanted = float(seen_apart(limit.found, limit.wanted, DIGITS)), float(limit.wanted)
    named_ones = f": {', '.join(limit.criteria)}" if limit.criteria and limit.condition != "failed_at_most" else ""
    return _lines(f"{limit.band} asks {limit.condition} {wanted:g}, found {found:g}{named_ones}", 4, 6)


def _words(part: Part) -> str:
    if part.because is not Because.POINTS:
        return _WORDS[part.because]
    before, after = (float(each or 0) for each in (part.before, part.after))
    return f"{before:.{DIGITS}f} -> {after:.{DIGITS}f} points"


def _line(change: float, what: str, words: str) -> str:
    return f"    {change:>+7.{DIGITS}f}  {what:<38} {words}"


def _lines(text: str, first: int = 0, rest: int = 0) -> list[str]:
    return wrapped(harmless(text), first, rest)
