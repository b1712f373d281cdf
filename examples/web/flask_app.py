"""Verdicts in a Flask app: a page and JSON for each dossier in a folder, and a check for those who write them.

flask --app "flask_app:create_app('dossiers')" run
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, render_template_string, request

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
    from clinic_vetting import Verdict

PAGE = """<!doctype html>
<html lang="en">
<title>{{ verdict.clinic.name or verdict.clinic.id }}</title>
<h1>{{ verdict.clinic.name or verdict.clinic.id }}: {{ verdict.band.label if verdict.band else "not rated" }}</h1>
<p>{{ verdict.band.says if verdict.band }}</p>
{% if failed %}<h2>What speaks against it</h2>
<ul>{% for each in failed %}<li>{{ each.says }} <cite>{{ each.decided_by.statement.source.who }}</cite>{% endfor %}</ul>
{% endif %}<h2>What to ask</h2>
<ol>{% for each in questions %}<li>{{ each.criterion.ask }}{% endfor %}</ol>
<p>As of {{ verdict.as_of }}; criteria: {{ verdict.criteria.title }} {{ verdict.criteria.version }}.
"""


def create_app(folder: str, as_of: dt.date | None = None) -> Flask:
    """Make the app; the criteria are read once, and each dossier when it is asked for."""
    app = Flask(__name__)
    criteria = load_criteria("mesotherapy")

    def verdict_on(name: str) -> Verdict:
        known = {path.stem: path for path in Path(folder).glob("*.yaml")}  # a name is never a path
        if name not in known:
            abort(404)
        return vet(load_clinic(known[name]), criteria, as_of=as_of or dt.datetime.now(tz=dt.UTC).date())

    @app.get("/clinics/<name>")
    def page(name: str) -> str:
        verdict = verdict_on(name)
        failed = [each for each in verdict.findings if each.outcome is Outcome.FAILED and each.decided_by]
        return render_template_string(PAGE, verdict=verdict, failed=failed, questions=questions(verdict)[:5])

    @app.get("/clinics/<name>/report")
    def report(name: str) -> str:
        return to_html(verdict_on(name))

    @app.get("/clinics/<name>/verdict.json")
    def verdict_json(name: str) -> Response:
        return Response(to_json(verdict_on(name)), mimetype="application/json")

    @app.post("/check")
    def check() -> Response | tuple[dict[str, list[str]], int]:
        try:
            parse_clinic(request.get_data(), "dossier")
        except InputError as error:
            return {"faults": [str(each) for each in error.faults]}, 422
        return Response(status=204)

    return app
