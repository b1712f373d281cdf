"""Verdicts in a Django project: the same views, for `path("", include("django_views"))` in its `urls.py`.

The settings name the folder of dossiers: `CLINIC_DOSSIERS = BASE_DIR / "dossiers"`.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from clinic_vetting import (
    InputError,
    Outcome,
    load_clinic,
    load_criteria,
    parse_clinic,
    questions,
    to_html,
    to_json,
    vet,
)

if TYPE_CHECKING:
    from clinic_vetting import CriteriaSet, Verdict

PAGE = """<!doctype html>
<html lang="en">
<title>{{ clinic }}</title>
<h1>{{ clinic }}: {{ band }}</h1>
{% if failed %}<h2>What speaks against it</h2>
<ul>{% for says, who in failed %}<li>{{ says }} <cite>{{ who }}</cite>{% endfor %}</ul>
{% endif %}<h2>What to ask</h2>
<ol>{% for each in asked %}<li>{{ each }}{% endfor %}</ol>
<p>As of {{ as_of|date:"Y-m-d" }}.
"""


@cache
def criteria() -> CriteriaSet:
    """Read the criteria once."""
    return load_criteria("mesotherapy")


def verdict_on(name: str) -> Verdict:
    """Vet the dossier of that name as of today, or of the day that the settings give."""
    known = {each.stem: each for each in Path(settings.CLINIC_DOSSIERS).glob("*.yaml")}  # a name is never a path
    if name not in known:
        raise Http404(name)
    today = getattr(settings, "CLINIC_DAY", None) or dt.datetime.now(tz=dt.UTC).date()
    return vet(load_clinic(known[name]), criteria(), as_of=today)


def page(_request: Any, name: str) -> Any:
    """Show a verdict; the template escapes what a dossier says."""
    verdict = verdict_on(name)
    failed = [each for each in verdict.findings if each.outcome is Outcome.FAILED]
    told = {
        "clinic": verdict.clinic.name or verdict.clinic.id,
        "band": verdict.band.label if verdict.band else "not rated",
        "failed": [(each.says, each.decided_by.statement.source.who) for each in failed if each.decided_by],
        "asked": [each.criterion.ask for each in questions(verdict)[:5]],
        "as_of": verdict.as_of,
    }
    return HttpResponse(Template(PAGE).render(Context(told)))


def report(_request: Any, name: str) -> Any:
    """Give the library's own page, which needs no template."""
    return HttpResponse(to_html(verdict_on(name)))


def verdict_json(_request: Any, name: str) -> Any:
    """Give the verdict as the command does."""
    return HttpResponse(to_json(verdict_on(name)), content_type="application/json")


def check(request: Any) -> Any:
    """Tell every fault of the dossier that was sent."""
    try:
        parse_clinic(request.body, "dossier")
    except InputError as error:
        return JsonResponse({"faults": [str(each) for each in error.faults]}, status=422)
    return HttpResponse(status=204)


urlpatterns = [
    path("clinics/<str:name>", page),
    path("clinics/<str:name>/report", report),
    path("clinics/<str:name>/verdict.json", verdict_json),
    path("check", csrf_exempt(check)),
]
