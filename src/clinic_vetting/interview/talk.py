"""What is said in an interview: a question, what its answer would open, and who says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Protocol

from attrs import define, field

from clinic_vetting.advice import Question, questions
from clinic_vetting.evidence import Answer, Kind, Source
from clinic_vetting.interview.amending import added
from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.reports.lines import one
from clinic_vetting.shapes import Day
from clinic_vetting.verdict import Verdict, vet

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.interview.dossier_file import DossierFile

    T = TypeVar("T")

_ANSWERS: Final = {
    "y": "yes", "p": "partly", "n": "no", "na": "not_applicable", "n/a": "not_applicable", "not applicable":
    "not_applicable", "s": "skip", "": "skip", "q": "quit",
}  # fmt: skip
_PROMPT: Final = "Answer (yes, partly, no, na = not applicable, skip, quit): "
_KINDS: Final = ", ".join(Kind)
_UNDATED: Final = "-"


class QuitError(Exception):
    """The person has enough."""


class Terminal(Protocol):
    """Where the interview is held."""

    def say(self, line: str) -> None:
        """Print a line."""

    def ask(self, prompt: str) -> str:
        """Give what is typed after a prompt; raise `EOFError` at the end of the input."""


@define
class Talk:
    """An interview about one dossier.

    Attributes:
        file: Where answers are written.
        criteria: What is asked.
        as_of: The day of the verdicts; no answer is newer.
        terminal: Where it is held.
        source: Who gave the last answer.
        asked: Full ids of what was asked.
    """

    file: DossierFile
    criteria: CriteriaSet
    as_of: dt.date
    terminal: Terminal
    source: Source | None = None
    asked: set[str] = field(factory=set)

    def hold(self) -> None:
        """Ask until the band is settled, nothing is left to ask, or the person has enough."""
        try:
            while (question := self._next()) is not None:
                self._one(question)
        except (QuitError, EOFError):
            self._say("")
        self._say(f"{_standing(self._verdict())}. Answers written to {self.file.name}: {self.file.answers}.")

    def _verdict(self) -> Verdict:
        return vet(self.file.clinic, self.criteria, as_of=self.as_of)

    def _next(self) -> Question | None:
        """Choose the best question that was not asked; `None` where asking ends, and say why."""
        verdict = self._verdict()
        settled = verdict.settled
        if verdict.band is None:
            self._say("Nothing of the criteria set applies to this clinic.")
            return None
        if settled.best == settled.worst:
            self._say("The band is settled: no answer to what is unknown changes it, if today's statements stand.")
            return None
        left = [each for each in questions(verdict) if each.criterion.full_id not in self.asked]
        if not left:
            self._say("There is nothing else to ask.")
            return None
        self._tell(left[0], verdict)
        return left[0]

    def _one(self, question: Question) -> None:
        criterion = question.criterion.full_id
        self.asked.add(criterion)
        word = self._until(_PROMPT, _answer)
        if word == "quit":
            raise QuitError
        if word != "skip":
            self.source = self.file.add(criterion, Answer(word), self._source())
            self._say("Written.")

    def _tell(self, question: Question, verdict: Verdict) -> None:
        criterion, bands = question.criterion, {each.id: each.label for each in verdict.criteria.bands}
        self._say("")
        self._say(_standing(verdict))
        self._say(f"{len(self.asked) + 1}. {criterion.ask or criterion.question}", rest=3)
        if criterion.ask:
            self._say(criterion.question, first=3)
        self._say(f"{criterion.full_id}, {criterion.severity}, worth {one(question.points)} points", first=3)
        if question.opens:
            self._say(f"Not reachable without an answer: {', '.join(bands[each] for each in question.opens)}", first=3)
        self._say(self._would(question), first=3)
        for said in verdict.clinic.answers.get(criterion.full_id, ()):
            self._say(f"So far: {said.answer}, {_who(said.source)}", first=3)
        for place in question.look_up:
            self._say(f"Look up: {place}", first=3)

    def _would(self, question: Question) -> str:
        """Tell what a yes and what a no would give, by the last source."""
        source = self.source or Source("vetter", Kind.OBSERVATION, "the vetter", seen=self.as_of)
        ways = [
            f"{answer}: {_standing(vet(clinic, self.criteria, as_of=self.as_of), named=False)}"
            for answer in (Answer.YES, Answer.NO)
            for clinic in (added(self.file.clinic, question.criterion.full_id, answer, source),)
        ]
        return f"By {source.kind} of {source.seen or 'no date'}, {'; '.join(ways)}"

    def _source(self) -> Source:
        """Ask who says so; the last one is remembered."""
        last = self.source
        same = f"Enter = {_who(last)}; or " if last else ""
        kind = self._until(f"Source ({same}{_KINDS}): ", lambda text: _kind(text, last))
        if kind is None and last is not None:
            return last
        who = self._until("Who says so: ", _speaker)
        seen = self._until(f"Seen on (YYYY-MM-DD; Enter = {self.as_of}; {_UNDATED} = no date): ", self._seen)
        return Source("new", kind or Kind.CLAIM, who, seen=seen)

    def _seen(self, text: str) -> dt.date | None:
        if text in ("", _UNDATED):
            return None if text else self.as_of
        day = Day().parse(text)
        if day > self.as_of:
            raise ValueError(text)
        return day

    def _until(self, prompt: str, read: Callable[[str], T]) -> T:
        while True:
            text = self.terminal.ask(harmless(prompt)).strip()
            try:
                return read(text)
            except ValueError:
                self._say(f"That cannot be read: {text[:60]!r}. {prompt.rstrip(': ')}.")

    def _say(self, text: str, first: int = 0, rest: int | None = None) -> None:
        lines = wrapped(harmless(text), first, first if rest is None else rest)
        for line in lines or ("",):
            self.terminal.say(line)


def _standing(verdict: Verdict, *, named: bool = True) -> str:
    name = f"{verdict.clinic.name or verdict.clinic.id}: " if named else ""
    if verdict.band is None or verdict.score is None:
        return f"{name}not rated"
    return f"{name}{verdict.band.label}, score {one(verdict.score)}"


def _who(source: Source) -> str:
    return f"{source.kind}, {source.who}, {source.seen or 'no date'}"


def _answer(text: str) -> str:
    word = _ANSWERS.get(text.lower(), text.lower())
    return word if word in ("skip", "quit") else Answer(word)


def _kind(text: str, last: Source | None) -> Kind | None:
    """Read a kind; nothing typed means the last source, if there is one."""
    return None if not text and last is not None else Kind(text.lower())


def _speaker(text: str) -> str:
    return Source("new", Kind.CLAIM, text).who
