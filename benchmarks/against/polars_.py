"""polars (Rust): the workload as columns, all listings at once. Explains nothing beyond its columns."""

from __future__ import annotations

from typing import Any

import polars as pl
from workload import COUNTS, DAY, IN_DOUBT, Load, Row, Rules, Scored, in_order

SCHEMA = {"listing": pl.Int32, "name": pl.String, "answer": pl.String, "kind": pl.String, "seen": pl.Int32, "p": pl.Int64, "f": pl.Int64}  # fmt: skip

AT_ONCE = 1000


def rows(load: Load) -> list[Row]:
    """Measure it on a frame of facts, and on facts that are put into a frame first."""
    rules = load.rules
    asked, strengths = _asked(rules), _strengths(rules)

    def vet(facts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        return _vet(rules, facts, asked, strengths)

    def scored(result: tuple[pl.DataFrame, pl.DataFrame]) -> list[Scored]:
        outcomes: dict[int, dict[str, str]] = {}
        for listing, name, outcome in result[0].select("listing", "name", "outcome").iter_rows():
            outcomes.setdefault(listing, {})[name] = outcome
        summed = result[1].sort("listing").select("listing", "proven", "failed", "band")
        return [Scored(in_order(rules, outcomes[listing]), *rest) for listing, *rest in summed.iter_rows()]

    copies = -(-AT_ONCE // len(load.facts))
    facts = load.facts * copies
    does = f"direct facts of {len(facts)} listings at once, to outcomes, sums and bands; cannot explain"
    return [
        Row("polars, frame given", f"{does}; the frame of facts is built before", vet, [_frame(facts)], scored, copies),
        Row(
            "polars, frame built",
            f"{does}; builds the frame",
            lambda given: vet(_frame(given)),
            [facts],
            scored,
            copies,
        ),
    ]


def _frame(facts: list[dict[str, dict[str, Any]]]) -> pl.DataFrame:
    found = [
        (i, name, fact.get("answer"), fact.get("kind"), fact.get("seen"), fact.get("p"), fact.get("f"))
        for i, each in enumerate(facts)
        for name, fact in each.items()
    ]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


def _asked(rules: Rules) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": [each.name for each in rules.asked],
            "points": [each.points for each in rules.asked],
            "severity": [each.severity for each in rules.asked],
            "full_from": [each.full_from.toordinal() for each in rules.asked],
            "half_from": [each.half_from.toordinal() for each in rules.asked],
        }
    )


def _strengths(rules: Rules) -> pl.DataFrame:
    each = [(answer, kind, s) for answer, kinds in rules.strengths.items() for kind, s in kinds.items()]
    return pl.DataFrame(each, schema={"answer": pl.String, "kind": pl.String, "strength": pl.Int64}, orient="row")


def _vet(
    rules: Rules, facts: pl.DataFrame, asked: pl.DataFrame, strengths: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    found = (
        facts.lazy()
        .join(asked.lazy(), on="name", how="left")
        .join(strengths.lazy(), on=["answer", "kind"], how="left")
        .with_columns(**_pair())
        .with_columns(outcome=_outcome())
        .collect()
    )
    summed = found.lazy().group_by("listing").agg(**_sums(rules))
    return found, summed.with_columns(band=_band(rules)).collect()


def _pair() -> dict[str, pl.Expr]:
    """Give `p` and `f`: as they came, or what the deciding statement leaves of its strength."""
    answer, seen = pl.col("answer"), pl.col("seen")
    strength = pl.when(seen > DAY.toordinal()).then(0).otherwise(pl.col("strength"))
    shown = pl.when(answer == "yes").then(strength).when(answer == "partly").then(strength // 2).otherwise(0)
    fresh, half_fresh = seen >= pl.col("full_from"), seen >= pl.col("half_from")
    aged = pl.when(fresh).then(shown).when(half_fresh).then(shown // 2).otherwise(0)
    partly = strength - strength // 2
    against = pl.when(answer == "no").then(strength).when(answer == "partly").then(partly).otherwise(0)
    return {"p": pl.coalesce("p", aged), "f": pl.coalesce("f", against)}


def _outcome() -> pl.Expr:
    p, f = pl.col("p"), pl.col("f")
    return (
        pl.when((f >= 25) & (p >= 25)).then(pl.lit("partly"))
        .when(f >= 50).then(pl.lit("failed"))
        .when(f >= 25).then(pl.lit("doubted"))
        .when(p >= 50).then(pl.lit("met"))
        .when(p >= 25).then(pl.lit("supported"))
        .when(p + f > 0).then(pl.lit("weak"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip


def _sums(rules: Rules) -> dict[str, pl.Expr]:
    """Add up both parts, count what failed or is in doubt, and see which required criteria are met."""
    word, severity, points = pl.col("outcome"), pl.col("severity"), pl.col("points")
    required = sorted({name for each in rules.rungs for name in each.met})
    return {
        "proven": (pl.col("p") * points).sum(),
        "failed": (pl.col("f") * points).sum(),
        "critical_in_doubt": ((severity == "critical") & word.is_in(list(IN_DOUBT))).sum(),
        "critical_failed": ((severity == "critical") & (word == "failed")).sum(),
        "major_failed": ((severity == "major") & (word == "failed")).sum(),
        **{f"met_{name}": ((pl.col("name") == name) & (word == "met")).any() for name in required},
    }


def _band(rules: Rules) -> pl.Expr:
    """Give the first band whose every condition holds."""
    band: Any = pl
    for each in rules.rungs:
        holds = (pl.col("proven") >= each.proven) & (pl.col("failed") <= each.failed)
        for name, most in zip(COUNTS, each.most, strict=True):
            holds &= pl.col(name) <= most
        for name in each.met:
            holds &= pl.col(f"met_{name}")
        band = band.when(holds).then(pl.lit(each.id))
    expression: pl.Expr = band
    return expression
