"""What is said in an interview: a question, what its answer would open, and who says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

from attrs import define, field

from clinic_vetting.advice import Question, questions
from clinic_vetting.evidence import Answer, Kind, Source
from clinic_vetting.interview import typed
from clinic_vetting.interview.amending import added
from clinic_vetting.interview.speech import Speech
from clinic_vetting.reports.harmless import harmless, wrapped
from clinic_vetting.reports.lines import one
from clinic_vetting.verdict import Verdict, vet

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from clinic_vetting.criterion import CriteriaSet
    from clinic_vetting.interview.dossier_file import DossierFile

    T = TypeVar("T")


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
        standing = self._speech.standing(self._verdict())
        self._say(self._speech.say("written_to", standing=standing, file=self.file.name, count=self.file.answers))

    @property
    def _speech(self) -> Speech:
        return Speech(self.criteria.language)

    def _verdict(self) -> Verdict:
        return vet(self.file.clinic, self.criteria, as_of=self.as_of)

    def _next(self) -> Question | None:
        """Choose the best question that was not asked; `None` where asking ends, and say why."""
        verdict = self._verdict()
        settled = verdict.settled
        if verdict.band is None:
            self._say(self._speech.say("nothing_applies"))
            return None
        if settled.best == settled.worst:
            self._say(self._speech.say("settled"))
            return None
        left = [each for each in questions(verdict) if each.criterion.full_id not in self.asked]
        if not left:
            self._say(self._speech.say("nothing_else"))
            return None
        self._tell(left[0], verdict)
        return left[0]

    def _one(self, question: Question) -> None:
        criterion = question.criterion.full_id
        self.asked.add(criterion)
        answer = self._until(self._speech.say("prompt"), lambda text: typed.answer(text, self._speech))
        if answer != typed.SKIP:
            self.source = self.file.add(criterion, Answer(answer), self._source())
            self._say(self._speech.say("written"))

    def _tell(self, question: Question, verdict: Verdict) -> None:
        criterion, bands = question.criterion, {each.id: each.label for each in verdict.criteria.bands}
        self._say("")
        self._say(self._speech.standing(verdict))
        self._say(f"{len(self.asked) + 1}. {criterion.ask or criterion.question}", rest=3)
        if criterion.ask:
            self._say(criterion.question, first=3)
        worth = {"severity": self._speech.word("severity", criterion.severity), "points": one(question.points)}
        self._say(self._speech.say("worth", criterion=criterion.full_id, **worth), first=3)
        if question.opens:
            self._say(self._speech.say("opens", bands=", ".join(bands[each] for each in question.opens)), first=3)
        self._say(self._would(question), first=3)
        for said in verdict.clinic.answers.get(criterion.full_id, ()):
            answer = self._speech.word("answer", said.answer)
            self._say(self._speech.say("so_far", answer=answer, who=self._speech.who(said.source)), first=3)
        for place in question.look_up:
            self._say(self._speech.say("look_up", place=place.told(self._speech.language)), first=3)

    def _would(self, question: Question) -> str:
        """Tell what a yes and what a no would give, by the last source."""
        source = self.source or Source("vetter", Kind.OBSERVATION, "vetter", seen=self.as_of)
        kind, seen = self._speech.word("kind", source.kind), source.seen or self._speech.say("no_date")
        ways = [self._way(question.criterion.full_id, answer, source) for answer in (Answer.YES, Answer.NO)]
        return self._speech.say("would", kind=kind, seen=seen, ways="; ".join(ways))

    def _way(self, criterion: str, answer: Answer, source: Source) -> str:
        verdict = vet(added(self.file.clinic, criterion, answer, source), self.criteria, as_of=self.as_of)
        return f"{self._speech.word('answer', answer)}: {self._speech.standing(verdict, named=False)}"

    def _source(self) -> Source:
        """Ask who says so: one that the dossier names, or a new one; the last one is remembered."""
        known, last = self._known(), self.source and self._speech.who(self.source)
        kinds = ", ".join(self._speech.word("kind", each) for each in Kind)
        form = "source_or" if last else "source_of" if known else "source"
        prompt = self._speech.say(form, last=last, ids=", ".join(known), kinds=kinds)
        chosen = self._until(prompt, lambda text: self._chosen(text, known))
        if isinstance(chosen, Source):
            return chosen
        who = self._until(self._speech.say("who"), typed.speaker)
        seen = self._until(
            self._speech.say("seen", day=self.as_of, none=typed.UNDATED), lambda text: typed.seen(text, self.as_of)
        )
        return Source("new", chosen, who, seen=seen)

    def _known(self) -> dict[str, Source]:
        """Give the sources that the dossier names and that have spoken by now, by id."""
        found = {each.id: each for each in self.file.clinic.sources() if not each.seen or each.seen <= self.as_of}
        return {name: found[name] for name in sorted(found) if name not in set(Kind)}

    def _chosen(self, text: str, known: dict[str, Source]) -> Source | Kind:
        """Read a source's id, or a kind; nothing typed means the last source, if there is one."""
        if not text and self.source is not None:
            return self.source
        return known.get(text) or typed.kind(text, self._speech)

    def _until(self, prompt: str, read: Callable[[str], T]) -> T:
        while True:
            text = self.terminal.ask(harmless(f"{prompt}: ")).strip()
            if typed.is_end(text, self._speech):
                raise QuitError
            try:
                return read(text)
            except ValueError:
                self._say(self._speech.say("unread", text=repr(text[:60])))

    def _say(self, text: str, first: int = 0, rest: int | None = None) -> None:
        lines = wrapped(harmless(text), first, first if rest is None else rest)
        for line in lines or ("",):
            self.terminal.say(line)
