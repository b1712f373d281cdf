"""What is known of products by name, and what their own codes contradict."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from attrs import evolve
from cases import mesotherapy
from hypothesis import given
from hypothesis import strategies as st
from shared import real

from clinic_vetting import Clinic, Kind, NoticeKind, Outcome, Product, ProductKind, Source, products, vet
from clinic_vetting.registers import Registers, enrich

DAY = dt.date(2026, 11, 21)
LABEL = Source("label", Kind.DOCUMENT, "label", dt.date(2026, 11, 1))
SITE = Source("site", Kind.CLAIM, "the clinic's website", dt.date(2026, 11, 1))
PATIENT = Source("patient", Kind.PATIENT, "a patient", dt.date(2026, 11, 1))
TOXIN, WARNED = Product(name="Botox\u00ae"), Product(name="LEMON  bottle", source=LABEL)


def clinic(product: Product, country: str | None = "GB") -> Clinic:
    """Make a clinic with one product."""
    return Clinic(id="a", country=country, products=(product,))


@pytest.mark.parametrize(
    ("product", "country", "expected"),
    [
        (TOXIN, "GB", ["authorised in GB; botulinum toxin is a prescription-only medicine there", "counterfeits of"]),
        (TOXIN, "DE", ["authorised in GB; for DE ask which", "counterfeits of"]),
        (TOXIN, None, ["authorised in GB; botulinum", "counterfeits of"]),
        (Product(name="Kybella"), "US", ["authorised in US; for fat under the chin only"]),
        (WARNED, "FI", ["Fimea and Tukes has warned", "GPhC has warned"]),
        (Product(name="Example Filler"), "GB", []),
        (Product(name="Botox Cosmetic Plus"), "GB", []),
        (Product(), "GB", []),
        (Product(name="Example Glow", kind=ProductKind.COSMETIC), "FI", ["may not be injected"] * 2),
    ],
)
def test_a_name_is_told_with_its_reference_and_counts_nothing(
    product: Product, country: str, expected: list[str]
) -> None:
    """A brand that is authorised proves nothing of the vial; only the full name is one; the verdict stays as it was."""
    verdict = vet(clinic(product, country), mesotherapy(), as_of=DAY)

    told = [each for each in verdict.warnings if each.startswith("products: ") and "source:" not in each]
    assert len(told) == len(expected)
    assert all(any(part in each for each in told) for part in expected)
    assert all("(" in each and each.endswith(")") for each in told)
    if product.kind is None:
        assert not verdict.proven
        assert not verdict.failed


@pytest.mark.parametrize(
    ("source", "country", "expected"),
    [
        (LABEL, "FI", Outcome.DOUBTED),
        (SITE, "FI", Outcome.DOUBTED),
        (PATIENT, "FI", Outcome.DOUBTED),
        (None, "FI", Outcome.UNKNOWN),
        (LABEL, "GB", Outcome.UNKNOWN),
        (LABEL, "US", Outcome.UNKNOWN),
        (LABEL, None, Outcome.UNKNOWN),
    ],
)
def test_a_warning_on_the_bodys_own_page_is_an_alert_in_its_own_country(
    source: Source | None, country: str | None, expected: Outcome
) -> None:
    """A doubt, since a name alone agrees; elsewhere, or by a copy alone, it is a question."""
    found = products.alerted(clinic(evolve(WARNED, source=source), country))

    findings = vet(found, mesotherapy(), as_of=DAY).findings
    assert [each.outcome for each in findings if each.id == "sourcing.no_product_alert"] == [expected]
    assert [each.kind for each in found.notices] == ([NoticeKind.ALERT] if expected is not Outcome.UNKNOWN else [])
    assert products.alerted(found) == found


def test_enriching_tells_of_alerts_too() -> None:
    """With a database of registers, even an empty one."""
    with Registers.open(":memory:", create=True) as registers:
        found = enrich(clinic(WARNED, "FI"), registers)

    (notice,) = found.notices
    assert "https://tukes.fi/" in str(notice.about)


@given(
    st.sampled_from([name for each in products.said() for name in each.names]),
    st.sampled_from(["", "\u00ae", "\u2122", " (R)", "(tm)"]),
)
def test_a_brand_is_known_however_it_is_written(name: str, mark: str) -> None:
    """Case, accents and signs of trade marks do not count; another word does."""
    accented = name.replace("o", "\u00f3").replace("a", "a\u0301")

    assert (
        products.of(name, None)
        == products.of(f" {name.upper()}{mark} ", None)
        == products.of(accented + mark, None)
        != ()
    )
    assert products.of(f"{name} Extra", None) == ()


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        (Product(gs1="(01)09506000134352(17)270630(10)a1", lot="A 1", expires=dt.date(2027, 6, 30)), []),
        (Product(gs1="(10)A2", lot="A1"), ["lots differ: A1, A2"]),
        (Product(gs1="(17)270630", expires=dt.date(2027, 5, 31)), ["expiry dates differ: 2027-05-31, 2027-06-30"]),
        (Product(gs1="(01)09506000134353"), ["check digit of GTIN 09506000134353 would be 2"]),
        (Product(udi="(01)09506000134353"), ["check digit of GTIN"]),
        (Product(udi="+A99912345/$$52001510X33", lot="10X3"), []),
    ],
)  # fmt: skip
def test_codes_that_contradict_the_record_are_told(product: Product, expected: list[str]) -> None:
    """Lots and dates that differ, and numbers that nobody can have assigned."""
    told = list(products.remarks(clinic(product)))

    assert len(told) == len(expected)
    assert all(part in each for part, each in zip(expected, told, strict=True))


def test_the_table_says_nothing_that_no_source_supports() -> None:
    """Each name and each address stands in the sources of the domain; each entry names a body and what it published."""
    source = real("domain/criteria.yaml").read_text()

    for each in products.said():
        assert each.by
        assert each.title
        assert each.says in ("authorised", "warned", "counterfeited", "not_injectable")
        assert bool(each.names) != bool(each.kind)
        assert all(name in source for name in each.names)
        assert each.url is None or each.url in source
        assert each.on is None or re.fullmatch(r"\d{4}(-\d\d-\d\d)?", each.on)
