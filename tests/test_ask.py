"""The interview: what it asks, what it writes, and that nothing else in the file changes, whatever happens."""

# ruff: noqa: E501 - tables of cases read best in one line each

from __future__ import annotations

import datetime as dt
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest
from cases import DAY, ROOT, mesotherapy
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import (
    Answer,
    InputError,
    Kind,
    Source,
    Statement,
    load_clinic,
    parse_clinic,
    parse_criteria,
    questions,
    vet,
)
from clinic_vetting.cli import main
from clinic_vetting.interview import DossierFile, Talk, amended
from clinic_vetting.interview.inserting import inserted

EXAMPLES = sorted(each for each in (ROOT / "examples").glob("*.[yj][as][mo][ln]"))
VISIT = Source("new", Kind.OBSERVATION, "our editor", seen=DAY)
HEAD = "dossier: 1\nclinic: {id: c, country: GB}\n"
SHAPES = {
    "nothing yet": HEAD,
    "without an end": HEAD.rstrip("\n"),
    "blank": f"{HEAD}sources:\nanswers:   # to do\n# the end\n",
    "nulls": f"{HEAD}sources: ~\nanswers: null\n",
    "blank category": f"{HEAD}answers:\n  hygiene:   # none\n  care: {{}}\n",
    "blank answer": f"{HEAD}sources: {{s: {{kind: claim, who: x}}}}\nanswers:\n  hygiene:\n    hand_hygiene:\n# end\n",
    "bare": f"{HEAD}sources:\n  s: {{kind: claim, who: x}}\ndefault_source: s\nanswers:\n  hygiene:\n"
    "    hand_hygiene: yes   # said on the phone\n\n# next\nreplies: []\n",
    "mapping": f"{HEAD}sources:\n  s:\n    kind: claim\n    who: x # y\n\n\n# answers\nanswers:\n  hygiene:\n"
    "    hand_hygiene:\n      answer: no # really\n      # why\n      source: s\n  care:\n    age_check: {answer: yes, source: s}\n",
    "flow mapping": f"{HEAD}sources: {{s: {{kind: claim, who: x}}}}\nanswers: {{hygiene: {{hand_hygiene: {{answer: no, source: s}}}}}}\n",
    "block list": f"{HEAD}sources: {{s: {{kind: claim, who: x}},}}\nanswers:\n  hygiene:\n    hand_hygiene:\n"
    "    - {answer: no, source: s}   # one\n    # two\n    - answer: yes\n      source: s\n      note: |\n        a\n        b\n\n# last\n",
    "flow list": f"{HEAD}sources: {{\n  s: {{kind: claim, who: x}}   # first\n}}\nanswers:\n  hygiene:\n"
    "    hand_hygiene: [{answer: no, source: s},\n      {answer: yes, source: s}]\n",
    "braces over lines": f"{HEAD}answers: # blank\n  {{\n  # here\n  }}\n",
    "empty list": f"{HEAD}answers: {{hygiene: {{hand_hygiene: []}}}}\n",
    "windows": f"{HEAD}sources:\n  s: {{kind: claim, who: x}}\nanswers:\n  hygiene:\n    hand_hygiene: {{answer: no, source: s}}\n".replace("\n", "\r\n"),
    "json": '{"dossier":1,"clinic":{"id":"c"},"ratings":[{"platform":"P","mean":4.60,"count":1}]}',
    "json lines": json.dumps({"dossier": 1, "clinic": {"id": "c"}, "sources": {"s": {"kind": "claim", "who": "\U0001f600"}},
                              "answers": {"hygiene": {"hand_hygiene": {"answer": "no", "source": "s"}}}}, indent=2),
    "json tabs": json.dumps({"dossier": 1, "clinic": {"id": "c"}, "answers": {}}, indent="\t"),
    "json null": '{"dossier": 1, "clinic": {"id": "c"}, "sources": null, "answers": {"hygiene": null}}',
}  # fmt: skip


def comments(text: str) -> Counter[str]:
    """Count the comments of a text."""
    return Counter(each.strip() for each in re.findall(r"(?:^|\s)(#.*)$", text, re.MULTILINE))


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_an_answer_is_added_and_every_byte_stays(text: str) -> None:
    """Whatever form the dossier has, what was written remains, in its order, and the new answer is there."""
    name = "d.json" if text.startswith("{") else "d.yaml"
    before = parse_clinic(text, name)

    new = amended(text, name, "hygiene.hand_hygiene", Answer.PARTLY, VISIT)

    said = new.clinic.answers["hygiene.hand_hygiene"]
    assert said == (*before.answers.get("hygiene.hand_hygiene", ()), Statement(Answer.PARTLY, new.source))
    assert new.source == attrs.evolve(VISIT, id="observation-2026-11-21")
    assert comments(new.text) == comments(text)
    rest = iter(new.text)
    kept = re.sub(r"~|null", "", text) if "null" in text else re.sub(r"(?m)^( {6}|\s+)", "", text)
    assert all(char in rest for char in kept if not char.isspace())


@pytest.mark.parametrize("path", EXAMPLES, ids=[each.name for each in EXAMPLES])
def test_lines_are_only_added_to_the_examples(path: Path) -> None:
    """Each line of the file is in the new one, in its order, but for the line of an answer that becomes a list."""
    text = path.read_text(encoding="utf-8")

    new = amended(text, path.name, "care.never_asked", Answer.NO, VISIT)

    left = iter(new.text.splitlines())
    assert all(
        any(line in (each, each.removesuffix(",")) for each in left)
        for line in text.splitlines()
        if path.suffix == ".yaml"
    )
    assert new.clinic.answers["care.never_asked"] == (Statement(Answer.NO, new.source),)


sources = st.builds(
    Source,
    st.just("new"),
    st.sampled_from(Kind),
    st.one_of(
        st.sampled_from(["our editor", "null", "yes", "a: b # c", "[", "'", '"', "~", "1:30", "0x1f", "- x", "<<", "&a", "*a", "!t"]),
        st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()) and "\0" not in text),
    ),
    seen=st.one_of(st.none(), st.dates(DAY - dt.timedelta(days=400), DAY)),
)  # fmt: skip
CRITERIA = ["hygiene.hand_hygiene", "hygiene.single_use_sharps", "care.age_check", "sourcing.cold_chain"]
FORMS = [*SHAPES.values(), *(each.read_text(encoding="utf-8") for each in EXAMPLES)]


@given(
    st.sampled_from(FORMS), st.lists(st.tuples(st.sampled_from(CRITERIA), st.sampled_from(Answer), sources), max_size=5)
)
def test_after_any_answers_the_file_has_exactly_these_more(text: str, given_: list[tuple[str, Answer, Source]]) -> None:
    """The file parses, has the same content plus exactly these answers, and its comments remain."""
    name = "d.json" if text.startswith("{") else "d.yaml"
    expected, now = parse_clinic(text, name), text
    for criterion, answer, source in given_:
        new = amended(now, name, criterion, answer, source)
        expected = expected.answering({criterion: Statement(answer, new.source)})
        assert attrs.evolve(new.source, id="new") == source
        now = new.text

    assert parse_clinic(now, name) == expected
    assert not comments(text) - comments(now)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}sources: {{s: {{kind: claim, who: x}}}}\nanswers:\n  hygiene: &h {{}}\n  care: *h\n",
        f"{HEAD}sources: {{s: {{kind: claim, who: x}}}}\ndefault_source: s\nanswers: {{hygiene: &h {{a: yes}}, care: *h}}\n",
        '{"dossier"\n: 1, "clinic": {"id": "c"}}',
    ],
)
def test_a_text_that_cannot_be_changed_alone_is_left(text: str) -> None:
    """The fault says what to add by hand, and nothing is guessed."""
    with pytest.raises(InputError, match=r"add this by hand: \{"):
        amended(text, "d.yaml", "care.b", Answer.YES, VISIT)


def test_a_value_of_another_kind_is_refused() -> None:
    """Only a blank value is filled."""
    with pytest.raises(ValueError, match="a blank value"):
        inserted("answers: word\n", ("answers", "a"), "x", is_json=False)


def ask(path: Path, typed: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Hold the interview in a process of its own, with this typed."""
    command = [sys.executable, "-m", "clinic_vetting", "ask", str(path), "--as-of", "2026-11-21", *more]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def example(tmp_path: Path, name: str = "contradictions.yaml") -> Path:
    """Copy an example."""
    path = tmp_path / name
    path.write_bytes((ROOT / "examples" / name).read_bytes())
    return path


def test_the_best_question_comes_first_and_the_band_ends_it(tmp_path: Path) -> None:
    """What cannot be read is asked again; a source is remembered; a settled band ends the interview."""
    path = example(tmp_path)
    best = questions(vet(load_clinic(path), mesotherapy(), as_of=DAY))[0].criterion

    done = ask(path, "maybe\nyes\nrumour\nobservation\n\nour editor\n2027-01-01\n\nno\n\n")

    assert done.returncode == 0
    assert best.full_id in done.stdout.partition("2. ")[0]
    assert "That cannot be read: 'maybe'" in done.stdout
    assert "That cannot be read: 'rumour'" in done.stdout
    assert "That cannot be read: '2027-01-01'" in done.stdout
    assert "The band is settled" in done.stdout
    assert "Answers written to" in done.stdout
    after = load_clinic(path)
    source = Source("observation-2026-11-21", Kind.OBSERVATION, "our editor", seen=DAY)
    assert after.answers[best.full_id] == (Statement(Answer.YES, source),)
    assert after.answers["hygiene.sterile_devices"] == (Statement(Answer.NO, source),)
    assert len(path.read_text().splitlines()) == len((ROOT / "examples" / path.name).read_text().splitlines()) + 3


@pytest.mark.parametrize("typed", ["", "quit\n", "skip\nquit\n", "\n\n", "yes\n", "yes\nclaim\n", "yes\nclaim\nx\n"])
def test_who_has_enough_leaves_the_file_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str) -> None:
    """An answer without its source is no answer; the end of the input is an end."""
    path = example(tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    assert main(["ask", str(path), "--as-of", "2026-11-21"]) == 0

    assert path.read_bytes() == before


def test_an_interview_in_spanish(tmp_path: Path) -> None:
    """Questions, answers and kinds of source are Spanish ones; the dossier is written as ever."""
    path = example(tmp_path, "minimal.yaml")
    typed = "Sí\nregistro oficial\nGMC\n\nperhaps\nen parte\n\nnp\npalabra de la clinica\nx\n-\nfin\n"

    done = ask(path, typed, "--language", "es")

    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout
    assert "¿Qué productos inyecta" in said
    assert "Fuente (Enter = registro oficial, GMC, 2026-11-21; o registro oficial, " in said
    assert "No se puede leer: 'perhaps'." in said
    assert "Respuestas anotadas en" in said
    found = [(each.answer, each.source.kind) for answers in load_clinic(path).answers.values() for each in answers]
    assert set(found) >= {
        (Answer.YES, Kind.REGISTER),
        (Answer.PARTLY, Kind.REGISTER),
        (Answer.NOT_APPLICABLE, Kind.CLAIM),
    }


@pytest.mark.parametrize("typed", ["quit\n", "yes\nQuit\n", "yes\nclaim\nq\n", "yes\nclaim\nx\nquit\n"])
def test_every_prompt_can_be_left(tmp_path: Path, typed: str) -> None:
    """Nothing is written, least of all as a name."""
    path = example(tmp_path)
    before = path.read_bytes()

    done = ask(path, typed)

    assert (done.returncode, path.read_bytes()) == (0, before)
    assert "Answers written to" in done.stdout


def test_a_source_of_the_dossier_can_be_named(tmp_path: Path) -> None:
    """By its id, whatever else is known of it; it is not written a second time."""
    path = example(tmp_path, "well-run.yaml")
    known = {each.id: each for each in load_clinic(path).sources()}
    name = next(each for each in sorted(known) if known[each].url)

    done = ask(path, f"yes\n{name}\nquit\n")

    assert f"Source ({', '.join(sorted(known))}; or a new one, register, " in done.stdout
    asked = next(each for each in re.findall(r"^ +(\w+\.\w+), \w+, worth", done.stdout, re.MULTILINE))
    assert [each.source for each in load_clinic(path).answers[asked]][-1] == known[name]
    assert {each.id for each in load_clinic(path).sources()} == set(known)


def test_an_answer_may_be_undated_and_json_stays_json(tmp_path: Path) -> None:
    """A dossier in JSON is asked about as well; a byte order mark stays."""
    path = example(tmp_path, "minimal.json")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    done = ask(path, "na\ndocument\npapers\n-\nquit\n")

    assert done.returncode == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    tree = json.loads(path.read_text(encoding="utf-8-sig"))
    assert tree["sources"]["document"] == {"kind": "document", "who": "papers"}


def test_an_interrupt_keeps_the_answers_so_far(tmp_path: Path) -> None:
    """In a real terminal: one answer is given, then Ctrl-C is typed."""
    path = example(tmp_path)
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes another program
        signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
        os.execv(sys.executable, [sys.executable, "-m", "clinic_vetting", "ask", str(path), "--as-of", "2026-11-21"])  # noqa: S606
    shown = b""

    def until(mark: bytes, again: bytes = b"") -> None:
        """Wait for what is shown; type `again` now and then, as one does where a key came before reading began."""
        nonlocal shown
        for _ in range(12):
            while mark not in shown and select.select([terminal], [], [], 5)[0]:
                shown += os.read(terminal, 4096)
            if mark in shown:
                break
            os.write(terminal, again)
        assert mark in shown
        shown = shown.partition(mark)[2]

    for prompt, typed in ((b"quit): ", b"yes\n"), (b"claim): ", b"visit\x15observation\n"), (b"says so: ", b"our editor\n"),
                          (b"no date): ", b"\n"), (b"quit): ", b"\x03")):  # fmt: skip
        until(prompt)
        os.write(terminal, typed)
    until(b"Stopped. Answers written: 1.", again=b"\x03")
    _, status = os.waitpid(pid, 0)
    os.close(terminal)

    assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGINT
    assert load_clinic(path).answers["hygiene.no_open_enforcement"][0].answer is Answer.YES


def test_hostile_texts_do_nothing_in_the_terminal(tmp_path: Path) -> None:
    """Control characters of a dossier, and of what is typed, are written out."""
    path = tmp_path / "d.yaml"
    path.write_text(
        'dossier: 1\nclinic: {id: c, name: "\\e[31mred \\u202e"}\nsources: {s: {kind: claim, who: "\\e]0;x\\a"}}\n'
        "answers: {hygiene: {no_open_enforcement: {answer: yes, source: s}}}\n"
    )

    done = ask(path, "yes\nclaim\n\x1b[2J \u2028\n\n" + "skip\n" * 80 + "\x1b[2J\n")

    assert done.returncode == 0
    assert "\\u001b[31mred" in done.stdout
    assert not any(char in done.stdout + done.stderr for char in "\x1b\u202e\u2028\a")
    assert "\x1b" not in path.read_text()


def test_what_is_not_reachable_without_an_answer_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """And what was said so far, and where to look it up."""
    path = tmp_path / "d.yaml"
    path.write_text("dossier: 1\nclinic: {id: c, country: GB}\nsources: {s: {kind: claim, who: site}}\n"
                    "answers: {credentials: {injector_licensed: {answer: yes, source: s}}}\n")  # fmt: skip

    talk = Talk(DossierFile(str(path)), mesotherapy(), DAY, _Typed([]))
    talk.hold()

    said = "\n".join(talk.terminal.lines)  # type: ignore[attr-defined]
    assert "Not reachable without an answer: Recommended, Acceptable" in said
    assert "So far: yes, claim, site, no date" in said
    assert "Look up: " in said
    assert capsys.readouterr().out == ""


class _Typed:
    """A terminal at which lines are typed."""

    def __init__(self, typed: list[str]) -> None:
        self.typed, self.lines = typed, list[str]()

    def say(self, line: str) -> None:
        self.lines.append(line)

    def ask(self, prompt: str) -> str:
        self.lines.append(prompt)
        if not self.typed:
            raise EOFError
        return self.typed.pop(0)


SMALL = """
criteria_set: 1
id: small
version: 1
title: Small
fresh_for: 1 year
failures_fresh_for: 1 year
categories:
  - {id: a, title: A, weight: 1, criteria: [
      {id: x, question: "X?", weight: 1, severity: minor, applies: {countries: [GB]}},
      {id: y, question: "Y?", weight: 1, severity: minor, applies: {countries: [GB]}}]}
bands: [{id: good, label: Good, proven_at_least: 90, critical_failed: 0}, {id: rest, label: Rest}]
"""


@pytest.mark.parametrize(
    ("country", "typed", "says"),
    [
        ("FR", [], "Nothing of the criteria set applies to this clinic."),
        ("GB", ["s", "s"], "There is nothing else to ask."),
        ("GB", ["no", "register", "us", "", "quit"], "The band is settled"),
    ],
)
def test_why_asking_ends_is_told(tmp_path: Path, country: str, typed: list[str], says: str) -> None:
    """With a clinic that is not rated, when all was asked, and when the band is settled."""
    path = tmp_path / "d.yaml"
    path.write_text(f"dossier: 1\nclinic: {{id: c, country: {country}}}\n")
    terminal = _Typed(typed)

    Talk(DossierFile(str(path)), parse_criteria(SMALL), DAY, terminal).hold()

    assert says in "\n".join(terminal.lines)


def test_a_file_that_somebody_else_changed_is_left(tmp_path: Path) -> None:
    """Their text is not written over."""
    path = example(tmp_path)
    file = DossierFile(str(path))
    path.write_text(path.read_text() + "# by another\n")

    with pytest.raises(InputError, match="another text in it by now"):
        file.add("hygiene.hand_hygiene", Answer.YES, VISIT)
    assert path.read_text().endswith("# by another\n")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    """The file behind it is written."""
    path = example(tmp_path)
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)

    DossierFile(str(link)).add("hygiene.hand_hygiene", Answer.YES, VISIT)

    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "observation-2026-11-21" in path.read_text()


@pytest.mark.parametrize(
    ("dossier", "says"), [("-", "expected a file"), ("nope.yaml", "No such file"), ("bad", "expected")]
)
def test_what_cannot_be_asked_about_is_refused(dossier: str, says: str, capsys: Any, tmp_path: Path) -> None:
    """Standard input cannot be written, and a file with faults is not begun."""
    (tmp_path / "bad").write_text("dossier: 2\n")

    code = main(["ask", str(tmp_path / "bad") if dossier == "bad" else dossier])

    assert code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "code", "written"),
    [
        ("maybe\nyes\nrumour\nobservation\n\nus\n2027-01-01\n-\nno\n\nquit\n", 0, 2),
        ("yes\nclaim\nus\n2026-11-01\n", 0, 1),
        (None, 0, 0),
        (KeyboardInterrupt, 130, 0),
    ],
    ids=["answers", "end of input", "no input", "interrupt"],
)
def test_the_command_in_this_process(  # noqa: PLR0913, PLR0917 - fixtures and cases
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    typed: Any,
    code: int,
    written: int,
) -> None:
    """Answers, the end of the input, no input at all, and an interrupt."""
    path = example(tmp_path)

    class Interrupted:
        def readline(self) -> str:
            raise KeyboardInterrupt

    stdin = io.TextIOWrapper(io.BytesIO(typed.encode())) if isinstance(typed, str) else typed and Interrupted()
    monkeypatch.setattr(sys, "stdin", stdin)

    assert main(["ask", str(path), "--as-of", "2026-11-21"]) == code

    printed = capsys.readouterr()
    assert f": {written}." in " ".join((printed.out + printed.err).split())
    assert len(load_clinic(path).answers) == len(load_clinic(ROOT / "examples" / path.name).answers) + written
