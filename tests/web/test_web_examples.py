"""The examples for web frameworks, asked by the frameworks' own test clients."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import ROOT

from clinic_vetting import load_clinic, load_criteria, to_html, to_json, vet

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.date(2026, 11, 21)
HOSTILE = """
dossier: 1
clinic: {id: hostile, name: "<script>alert(1)</script>"}
sources: {visit: {kind: observation, who: "<b>our editor</b>", seen: 2026-11-14}}
answers: {hygiene: {single_use_sharps: {answer: no, source: visit}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Hold one dossier that attacks the page, and one beside the folder that nobody may see."""
    inside = tmp_path / "dossiers"
    inside.mkdir()
    (inside / "hostile.yaml").write_text(HOSTILE)
    (tmp_path / "secret.yaml").write_text(HOSTILE)
    return inside


@pytest.fixture(params=["flask", "django"])
def ask(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give a function that asks the app for an address, by GET, or by POST where something is sent."""
    pytest.importorskip(request.param, reason=f"needs {request.param}: pip install {request.param}")
    monkeypatch.syspath_prepend(ROOT / "examples" / "web")
    yield {"flask": flask_app, "django": django_app}[request.param](folder)
    for name in ("flask_app", "django_views"):
        sys.modules.pop(name, None)


def flask_app(folder: Path) -> Any:
    """Ask the Flask app."""
    client = importlib.import_module("flask_app").create_app(str(folder), DAY).test_client()

    def ask(address: str, sent: bytes | None = None) -> tuple[int, str]:
        answer = client.get(address) if sent is None else client.post(address, data=sent)
        return answer.status_code, answer.get_data(as_text=True)

    return ask


def django_app(folder: Path) -> Any:
    """Ask the Django views, in the smallest project there is."""
    settings = importlib.import_module("django.conf").settings
    testing = importlib.import_module("django.test")
    if not settings.configured:
        engine = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
        settings.configure(ROOT_URLCONF="django_views", TEMPLATES=[engine], ALLOWED_HOSTS=["testserver"])
        importlib.import_module("django").setup()
    client = testing.Client(enforce_csrf_checks=True)

    def ask(address: str, sent: bytes | None = None) -> tuple[int, str]:
        with testing.override_settings(CLINIC_DOSSIERS=folder, CLINIC_DAY=DAY):
            answer = client.get(address) if sent is None else client.post(address, sent, content_type="text/yaml")
        return answer.status_code, answer.content.decode()

    return ask


def test_the_page_tells_what_failed_and_escapes_what_a_dossier_says(ask: Any) -> None:
    """Who said it, what to ask, and no markup of the clinic's own."""
    code, page = ask("/clinics/hostile")

    assert code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;: Avoid" in page
    assert "Needles or syringes are not new and sterile for every patient." in page
    assert "<cite>&lt;b&gt;our editor&lt;/b&gt;</cite>" in page
    assert page.count("<li>") == 6
    assert "As of 2026-11-21" in page
    assert "<script" not in page


def test_the_json_is_that_of_the_library(ask: Any, folder: Path) -> None:
    """The same bytes as everywhere."""
    expected = to_json(vet(load_clinic(folder / "hostile.yaml"), load_criteria("mesotherapy"), as_of=DAY))

    actual = ask("/clinics/hostile/verdict.json")

    assert actual == (200, expected)


def test_the_report_is_the_page_of_the_library(ask: Any, folder: Path) -> None:
    """One file without script."""
    expected = to_html(vet(load_clinic(folder / "hostile.yaml"), load_criteria("mesotherapy"), as_of=DAY))

    actual = ask("/clinics/hostile/report")

    assert actual == (200, expected)


@pytest.mark.parametrize("name", ["nobody", "..", "../secret", "..%2fsecret", "%2e%2e/secret", "hostile.yaml"])
def test_a_name_is_no_path(ask: Any, name: str) -> None:
    """Only dossiers of the folder are found, by their names."""
    code, text = ask(f"/clinics/{name}")

    assert code == 404
    assert "our editor" not in text


def test_a_dossier_that_is_sent_is_checked(ask: Any) -> None:
    """Every fault comes back; a good one has none."""
    code, faults = ask("/check", b"dossier: 1\nclinic: {id: a, contry: GB}\nsources: {s: {kind: rumour, who: a}}\n")

    assert code == 422
    assert [each.split(":")[:2] for each in json.loads(faults)["faults"]] == [["dossier", "2"], ["dossier", "3"]]
    assert ask("/check", HOSTILE.encode()) == (204, "")
