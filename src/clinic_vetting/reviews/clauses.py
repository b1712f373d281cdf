"""Clauses of a sentence, and the cues that hold in each: whose event, negated, feared, warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.reviews.spans import durations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinic_vetting.reviews.phrases import Place
    from clinic_vetting.reviews.words import Sentence

_CONTRAST: Final = frozenset(
    [
        "but",
        "however",
        "although",
        "though",
        "yet",
        "except",
        "unfortunately",
        "sadly",
        "until",
        "pero",
        "aunque",
        "sino",
        "excepto",
        "salvo",
    ]
)
"""Words that begin a clause wherever they stand."""
_JOINING: Final = frozenset(
    [
        "and",
        "so",
        "then",
        "because",
        "when",
        "while",
        "since",
        "as",
        "y",
        "e",
        "porque",
        "cuando",
        "mientras",
        "que",
        "asi",
    ]
)
"""Words, like a pause, after which a clause begins if it begins like one."""
_OPENING: Final = frozenset(
    [
        "i",
        "i'm",
        "i've",
        "i'd",
        "it",
        "it's",
        "its",
        "they",
        "they've",
        "she",
        "he",
        "we",
        "we've",
        "now",
        "there",
        "then",
        "here",
        "my",
        "ended",
        "me",
        "se",
        "yo",
        "ahora",
        "luego",
        "tengo",
        "tuve",
        "estoy",
        "estuve",
        "aqui",
        "acabe",
        "ella",
        "ellos",
        "nos",
    ]
)
_TURNING: Final = frozenset(["just", "only", "instead", "solo", "solamente"])
"""Words that begin a clause after a pause."""
_OWN: Final = frozenset(
    [
        "i",
        "i'm",
        "i've",
        "i'd",
        "i'll",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "we've",
        "us",
        "our",
        "now",
        "since",
        "ahora",
        "yo",
        "me",
        "mi",
        "mis",
        "conmigo",
        "nos",
        "tuve",
        "tengo",
        "tenia",
        "acabe",
        "estuve",
        "estoy",
        "he",
        "llevo",
        "sali",
        "termine",
        "perdi",
        "sigo",
        "salgo",
        "fui",
        "necesite",
        "pase",
        "noto",
        "veo",
    ]
)
"""Words by which people speak of themselves."""
_AT_ONCE: Final = frozenset(
    [
        "got",
        "had",
        "ended",
        "needed",
        "went",
        "left",
        "tested",
        "collapsed",
        "spent",
        "passed",
        "admitted",
        "rushed",
        "woke",
        "lost",
        "developed",
        "caught",
        "suffered",
        "still",
        "now",
        "it",
        "it's",
        "there",
        "painful",
        "sent",
        "acabo",
        "salio",
        "quedo",
    ]
)
"""Words that begin a sentence without saying who."""
_SITES: Final = frozenset(
    [
        "needle",
        "needles",
        "inject*",
        "injected",
        "injection",
        "injections",
        "site",
        "sites",
        "points",
        "pinchazo",
        "pinchazos",
    ]
)
_ABRUPT: Final = 2
"""An event among the first words of a sentence needs nobody who tells it: `Pus everywhere.`"""
_MYSELF: Final = frozenset(["me", "i", "i'm", "i've", "i'd", "my", "yo", "mi", "tuve", "tengo"])
_NOT_MINE: Final = ("hypothetical", "warned")


@frozen
class Clause:
    """The words of a sentence from `start` until before `end`, and every cue of the sentence."""

    start: int
    end: int
    words: tuple[str, ...]
    cues: tuple[Place, ...]

    def only(self, name: str) -> list[Place]:
        """Find the cues of a name that begin within the clause."""
        return [each for each in self.cues if each.name == name and self.start <= each.start < self.end]

    def in_sentence(self, name: str) -> bool:
        """Say whether the sentence holds a cue."""
        return any(each.name == name for each in self.cues)

    def is_own(self, mention: Place) -> bool:
        """Say whether it is told as the reviewer's own event at this clinic, and as one that happened."""
        if self.only("unreal") or not self._is_somebodys(mention):
            return False
        if self.only("other_clinic") and not self.in_sentence("here_after_all"):
            return False
        if any(not self._comes_home(each, mention) for each in self._before("third_party", mention)):
            return False
        return not any(self._before(name, mention) for name in _NOT_MINE)

    def _is_somebodys(self, mention: Place) -> bool:
        """Say whether the sentence speaks of the reviewer, or begins so abruptly that it need not."""
        abrupt = mention.start <= _ABRUPT or self.words[0] in _AT_ONCE or any(durations(self.words))
        return abrupt or not (_OWN | _SITES).isdisjoint(self.words)

    def is_warning(self, mention: Place) -> bool:
        """Say whether the reviewer was told beforehand that it can happen."""
        warnings = self._before("warned", mention)
        foreign = self.only("other_clinic") or self._before("third_party", mention)
        return any(not self._denied(each) for each in warnings) and not foreign

    def is_negated(self, mention: Place, scope: int) -> bool:
        """Say whether a negation stands before it, in the same clause and near, or in the list it belongs to."""
        return any(
            mention.start - each.end <= scope and not self._within(each, "not_negated")
            for each in self._before("negated", mention)
        )

    def _before(self, name: str, mention: Place) -> list[Place]:
        return [
            each
            for each in self.only(name)
            if each.end <= mention.start and (name != "hypothetical" or not self._within(each, "as_if"))
        ]

    def _denied(self, cue: Place) -> bool:
        return any(each.end <= cue.start and cue.start - each.end <= 2 for each in self.only("negated"))

    def _within(self, cue: Place, name: str) -> bool:
        return any(each.start <= cue.start and cue.end <= each.end for each in self.only(name))

    def _comes_home(self, cue: Place, mention: Place) -> bool:
        """Say whether the story of somebody else turns to the reviewer before the event."""
        return not _MYSELF.isdisjoint(self.words[cue.end : mention.start])


def clauses(sentence: Sentence, cues: list[Place]) -> Iterator[Clause]:
    """Cut a sentence into clauses that each hold their cues."""
    words = tuple(each.text for each in sentence.words)
    spans = {each.start for each in durations(words)}
    starts = [0]
    for i, word in enumerate(sentence.words[1:], 1):
        opens = word.text in _OPENING or i in spans
        joined = word.paused or words[i - 1] in _JOINING
        turns = word.text in _CONTRAST or (word.paused and word.text in _TURNING)
        if turns or (opens and joined):
            starts.append(i)
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        yield Clause(start, end, words, tuple(cues))
