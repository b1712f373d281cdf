"""How likely something is by chance: exact tails, and bounds that hold for samples of any size.

All in floating point; a tail is summed from its greatest term on, so that it is right to many digits.
"""

from __future__ import annotations

from math import exp, lgamma, log
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH: Final = 1e-12
"""Terms beside which the sum is greater by as much are left out."""


def binomial_tail(least: int, trials: int, chance: float) -> float:
    """Give the chance of at least so many hits in so many trials.

    >>> round(binomial_tail(2, 3, 0.5), 6)
    0.5
    """
    if least <= 0 or chance >= 1:
        return 1.0
    if least > trials or chance <= 0:
        return 0.0
    odds = chance / (1 - chance)
    term = exp(_choose(trials, least) + least * log(chance) + (trials - least) * log(1 - chance))
    total, hits = 0.0, least
    while hits <= trials and (term > total * _ENOUGH or hits <= trials * chance):
        total += term
        term *= (trials - hits) / (hits + 1) * odds
        hits += 1
    return min(total, 1.0)


def hypergeometric_tail(least: int, drawn: int, marked: int, of: int) -> float:
    """Give the chance that at least so many of those drawn are marked: Fisher's exact test, one-sided.

    >>> round(hypergeometric_tail(3, 3, 3, 6), 6)
    0.05
    """
    most = min(drawn, marked)
    every = _choose(of, drawn)
    low = max(least, drawn + marked - of, 0)
    terms = (exp(_choose(marked, i) + _choose(of - marked, drawn - i) - every) for i in range(low, most + 1))
    return min(sum(terms), 1.0)


def divergence_tail(nats: float, cells: int) -> float:
    """Bound the chance that a sample lies so far from what it was drawn from, in nats times its size.

    `exp(-x) * (e * x / (cells - 1)) ** (cells - 1)` holds for every size of sample where
    `x >= cells - 1` (Agrawal, arXiv:1904.02291).
    """
    free = cells - 1
    return 1.0 if nats <= free else min(1.0, exp(free - nats + free * log(nats / free)))


def burst_bound(most: int, events: int, days: int, window: int) -> float:
    """Bound the chance that some window holds so many of the events that fell anywhere within the days.

    The sum over all windows of the chance of each (Boole); two of them hold the first or the last
    event for sure, for these say how many days there were.
    """
    share = window / days
    inner = (days - window + 1) * binomial_tail(most, events, share)
    return min(1.0, inner + 2 * binomial_tail(most - 1, events, share))


def unexplained(counts: Sequence[int], groups: Sequence[Sequence[float]], rounds: int = 60) -> float:
    """Give how far counts lie from every mixture of groups, in nats times their number: a lower bound.

    The nearest mixture is sought by expectation-maximisation; what the search may still be short of
    is taken off (Lindsay's bound), so that an unfinished search never makes a signal.
    """
    total = sum(counts)
    weights = [1 / len(groups)] * len(groups)
    mixed = _mix(weights, groups)
    for _ in range(rounds):
        shares = [each / (total * chance) for each, chance in zip(counts, mixed, strict=True)]
        gains = [sum(p * share for p, share in zip(group, shares, strict=True)) for group in groups]
        weights = [weight * gain for weight, gain in zip(weights, gains, strict=True)]
        mixed = _mix(weights, groups)
    shares = [each / (total * chance) for each, chance in zip(counts, mixed, strict=True)]
    short = log(max(1.0, *(sum(p * share for p, share in zip(group, shares, strict=True)) for group in groups)))
    far = sum(n * log(n / (total * chance)) for n, chance in zip(counts, mixed, strict=True) if n)
    return max(0.0, far - total * short)


def _mix(weights: Sequence[float], groups: Sequence[Sequence[float]]) -> list[float]:
    return [sum(w * p for w, p in zip(weights, cell, strict=True)) for cell in zip(*groups, strict=True)]


def _choose(of: int, some: int) -> float:
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
