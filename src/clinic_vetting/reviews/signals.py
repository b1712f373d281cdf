"""Signs that reviews do not come from patients alone, each a sentence with its numbers.

A signal says what chance does not explain under a stated model, and never that a review is fake.
Each kind of signal shows by chance for at most one clinic in a hundred.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.reviews.chances import (
    binomial_tail,
    burst_bound,
    divergence_tail,
    hypergeometric_tail,
    unexplained,
)
from clinic_vetting.reviews.similar import ALIKE, LEAST_WORDS, groups, shingles
from clinic_vetting.reviews.words import clean
from clinic_vetting.words import Told, joined, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from clinic_vetting.clinic import Review

    ByPlatform = Mapping[str, Sequence[Review]]

FALSE_ALARMS: Final = 0.01
"""How often a kind of signal may show by chance, for a clinic and all its platforms together."""
WINDOWS: Final = (1, 7, 28)
"""Days in which a burst is looked for."""
LEAST_DATED: Final = 20
"""Fewer dated reviews in a stretch make no burst."""
LEAST_DAYS: Final = 90
"""A shorter stretch shows no rate of its own."""
STRETCH: Final = 365
"""A clinic's rate is taken from about so many days around a window."""
LEAST_REPEATS: Final = 2
"""Fewer texts that repeat another make no signal."""
LEAST_STARS: Final = 30
"""Fewer ratings show no share without text."""
WITHOUT_TEXT: Final = 0.7
"""The greatest share of ratings without text that is taken as ordinary."""
LEAST_EACH: Final = 10
"""Fewer verified, or unverified, ratings show no gap."""
LEAST_GAP: Final = 0.5
"""A smaller gap between their means, in stars, is no signal, however sure it is."""
LEAST_HISTOGRAM: Final = 50
"""Fewer ratings have no shape."""
MOST_HISTOGRAM: Final = 2000
"""More ratings count as so many: no model is true to the last."""
LEVELS: Final = (0.005, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)
"""How content patients are, for a histogram of honest reviews."""
_BINOMIAL: Final = (1, 4, 6, 4, 1)
HONEST: Final = tuple(
    tuple(ways * level**i * (1 - level) ** (4 - i) for i, ways in enumerate(_BINOMIAL)) for level in LEVELS
)
"""For each level, how its patients' stars are spread: four chances of one more star each."""


@frozen
class Signal:
    """What chance does not explain.

    Attributes:
        kind: `burst`, `repeated`, `without_text`, `verified_gap` or `histogram`.
        says: A sentence with its numbers.
    """

    kind: str
    says: str


def signals(reviews: Sequence[Review], words: Sequence[Sequence[str]]) -> list[Signal]:
    """Find every signal in reviews and the plain words of each; which text repeats which may rest on their order."""
    by_platform: dict[str, list[Review]] = {}
    for each in reviews:
        by_platform.setdefault(each.platform, []).append(each)
    found = [each for kind in _KINDS for each in kind(by_platform)]
    return [*found, *_repeated(reviews, words)]


def _bursts(platforms: ByPlatform) -> Iterator[Signal]:
    """Scan windows of some days against the rate of the year around them."""
    dated = {name: sorted(each.date for each in found if each.date) for name, found in platforms.items()}
    stretches = [(name, *stretch) for name, days in dated.items() for stretch in _stretches(days)]
    scans = [(*stretch, window) for stretch in stretches for window in WINDOWS]
    best: dict[str, tuple[float, Told]] = {}
    for name, days, length, window in scans:
        chance, says = _scan(days, length, window, name)
        if chance * len(scans) <= FALSE_ALARMS:
            best[name] = min(best.get(name, (chance, says)), (chance, says))
    for chance, says in best.values():
        yield Signal("burst", joined(" ", says, _by_chance(chance * len(scans))))


def _stretches(days: Sequence[dt.date]) -> Iterator[tuple[Sequence[dt.date], int]]:
    """Cut days in order into stretches of about a year that can show a burst; days rounded to months show none."""
    if len(days) < LEAST_DATED or sum(each.day == 1 for each in days) * 2 > len(days):
        return
    length = (days[-1] - days[0]).days + 1
    parts = max(1, round(length / STRETCH))
    cuts = [days[0] + dt.timedelta(length * i // parts) for i in range(parts + 1)]
    for start, end in pairwise(cuts):
        within = days[bisect_left(days, start) : bisect_left(days, end)]
        if len(within) >= LEAST_DATED and (end - start).days >= LEAST_DAYS:
            yield within, (end - start).days


def _scan(days: Sequence[dt.date], length: int, window: int, platform: str) -> tuple[float, Told]:
    """Find the fullest window, and how likely one so full is."""
    span = dt.timedelta(window)
    most, first = max((bisect_left(days, day + span) - i, -i) for i, day in enumerate(days))
    usual = len(days) * window / length
    start = days[-first]
    values = {"most": most, "whole": len(days), "platform": _name(platform), "usual": f"{usual:.1f}", "start": start}
    says = told("signals.burst_on" if window == 1 else "signals.burst", end=start + span - dt.timedelta(1), **values)
    return burst_bound(most, len(days), length, window), says


def _without_text(platforms: ByPlatform) -> Iterator[Signal]:
    """Compare the share of ratings without text with what is ordinary, where some have one."""
    rated = {name: [each for each in found if each.rating is not None] for name, found in platforms.items()}
    tested = {name: found for name, found in rated.items() if len(found) >= LEAST_STARS}
    for name, found in tested.items():
        bare = sum(not each.text for each in found)
        chance = binomial_tail(bare, len(found), WITHOUT_TEXT) * len(tested)
        if bare < len(found) and chance <= FALSE_ALARMS:
            values = {"bare": bare, "whole": len(found), "platform": _name(name), "share": f"{WITHOUT_TEXT * 100:.0f}"}
            yield Signal("without_text", joined(" ", told("signals.without_text", **values), _by_chance(chance)))


def _verified_gap(platforms: ByPlatform) -> Iterator[Signal]:
    """Ask whether those whom nobody verified give five stars more often than those verified."""
    tested = {}
    for name, found in platforms.items():
        stars = {
            mark: [each.rating for each in found if each.rating and each.verified is mark] for mark in (True, False)
        }
        if min(map(len, stars.values())) >= LEAST_EACH:
            tested[name] = stars
    for name, stars in tested.items():
        sure, unsure = ([float(each) for each in stars[mark]] for mark in (True, False))
        fives = [sum(each >= 5 for each in group) for group in (sure, unsure)]
        means = [sum(group) / len(group) for group in (sure, unsure)]
        chance = hypergeometric_tail(fives[1], len(unsure), sum(fives), len(sure) + len(unsure)) * len(tested)
        if means[1] - means[0] >= LEAST_GAP and chance <= FALSE_ALARMS:
            values = {"unsure": len(unsure), "sure": len(sure), "high": f"{means[1]:.2f}", "low": f"{means[0]:.2f}"}
            says = told("signals.verified_gap", platform=_name(name), **values)
            yield Signal("verified_gap", joined(" ", says, _by_chance(chance)))


def _histogram(platforms: ByPlatform) -> Iterator[Signal]:
    """Ask whether any mixture of more and less content patients gives such a histogram."""
    counted = {name: Counter(each.rating for each in found) for name, found in platforms.items()}
    tested = {name: [each[Decimal(star)] for star in (1, 2, 3, 4, 5)] for name, each in counted.items()}
    tested = {name: counts for name, counts in tested.items() if sum(counts) >= LEAST_HISTOGRAM}
    for name, counts in tested.items():
        size = sum(counts)
        far = unexplained(counts, HONEST) * min(1.0, MOST_HISTOGRAM / size)
        chance = divergence_tail(far, len(counts)) * len(tested)
        if chance <= FALSE_ALARMS:
            stars = zip((5, 4, 3, 2, 1), reversed(counts), strict=True)
            given = joined(", ", *(told("signals.stars", number=n, star=star) for star, n in stars))
            says = told("signals.histogram", platform=_name(name), stars=given)
            yield Signal("histogram", joined(" ", says, _by_chance(chance)))


def _repeated(reviews: Sequence[Review], words: Sequence[Sequence[str]]) -> Iterator[Signal]:
    """Count texts that nearly repeat one by another author."""
    cut = [shingles(each) for each in words]
    kept = [_by_author([reviews[place] for place in group]) for group in groups(cut)]
    repeats = sum(len(group) - 1 for group in kept)
    long = sum(1 for each in cut if each)
    if repeats >= LEAST_REPEATS:
        example = clean(max(kept, key=len)[0].text or "")[:80].replace("\n", " ")
        values = {"repeats": repeats, "whole": long, "words": LEAST_WORDS, "share": f"{ALIKE * 100:.0f}"}
        yield Signal("repeated", told("signals.repeated", example=example, **values))


def _by_author(group: Sequence[Review]) -> list[Review]:
    """Keep one text of each author; those who are not named are taken as several."""
    named: dict[str, Review] = {}
    for i, each in enumerate(group):
        named.setdefault(each.author.strip().casefold() if each.author else f"\0{i}", each)
    return list(named.values())


def _name(platform: str) -> str:
    return clean(platform)[:60]


def _by_chance(chance: float) -> Told:
    """Say a chance as at most one in a round number."""
    least = 100
    while least < 1_000_000 and chance * least * 10 <= 1:
        least *= 10
    return told("signals.chance", least=told(f"signals.one_in.{least}"))


_KINDS: Final[tuple[Callable[[ByPlatform], Iterator[Signal]], ...]] = (
    _bursts,
    _without_text,
    _verified_gap,
    _histogram,
)
