"""Clauses of a sentence, and the cues that hold in each: whose event, negated, feared, warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from clinic_vetting.reviews.spans import Duration, durations
from clinic_vetting.reviews.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clinic_vetting.reviews.phrases import Place
    from clinic_vetting.reviews.words import Sentence

    Cues = Mapping[str, Sequence[Place]]

_ABRUPT: Final = 2
"""An event among the first words of a sentence needs nobody who tells it: `Pus everywhere.`"""
_SCOPE: Final = 12
"""How many words may stand between a negation and what it negates."""
_NOT_MINE: Final = ("hypothetical", "warned")
_TESTED_BEFORE, _TESTED_AFTER = 6, 2
"""How many words may stand between a test and what was tested for: `tested for HIV`, `hepatitis and HIV test`."""
_VOID: Final = 4
"""How many words a denial or a likening may stand before a cause: `not at the gym`, `like I had an accident`."""
_FEW: Final = 6
"""How many words may stand between an event and what it is told to come of: `an abscess on my leg the week before`."""
_COLON: Final = frozenset(":")
_BRIEF: Final = 4
"""A sentence of as many words that is negative is a result: `It was negative.`"""


@frozen
class Clause:
    """The words of a sentence from `start` until before `end`, with the cues and durations of all of it.

    Attributes:
        assured: Whether the next sentence says that what was feared, denied or ruled out came about: `It did.`
    """

    start: int
    end: int
    words: tuple[str, ...]
    cues: Cues
    durations: tuple[Duration, ...]
    assured: bool = False

    def holding(self, mentions: Iterable[Place]) -> list[Place]:
        """Give those that begin within the clause."""
        return [each for each in mentions if self.start <= each.start < self.end]

    def only(self, name: str) -> list[Place]:
        """Find the cues of a name that begin within the clause."""
        return self.holding(self.cues[name]) if name in self.cues else []

    def in_sentence(self, name: str) -> bool:
        """Say whether the sentence holds a cue."""
        return name in self.cues

    def causes(self, name: str) -> list[Place]:
        """Find causes that the reviewer names, but not where somebody was told of them: `I mentioned my piercing`."""
        return [each for each in self.named(name) if words_of("informing").isdisjoint(self.words[: each.start])]

    def named(self, name: str) -> list[Place]:
        """Find what the sentence names of a name, but for what somebody says: `they blamed my piercing`.

        What is denied, likened or compared is none: `not at the gym`, `like a spider bite`, `worse than childbirth`.
        """
        return [
            each
            for each in self.cues.get(name, ())
            if words_of("saying").isdisjoint(self.words[: each.start]) and not self._is_void(each)
        ]

    def _is_void(self, cause: Place) -> bool:
        near = self.words[max(cause.start - _VOID, 0) : cause.start]
        return not words_of("voiding").isdisjoint(near)

    def only_between(self, start: int, end: int, name: str) -> bool:
        """Say whether between two places stand at most a few words, all of a row of the table `clause_words`."""
        return 0 <= end - start <= _FEW and words_of(name).issuperset(self.words[start:end])

    def was_here(self, mention: Place) -> bool:
        """Say whether it is told to have been here: `an infection here`."""
        return any(self.follows(mention, each) for each in self.only("here"))

    def follows(self, mention: Place, place: Place) -> bool:
        """Say whether a place or time stands directly after an event."""
        return self.only_between(mention.end, place.start, "beside")

    def is_own(self, mention: Place) -> bool:
        """Say whether it is told as the reviewer's own event at this clinic, and as one that happened."""
        if any(not self._comes_home(each, mention) for each in self._before("third_party", mention)):
            return False
        if self.only("other_clinic") and not self.in_sentence("here_after_all"):
            return False
        if self.came_about(mention):
            return True
        if self.only("unreal") or not self._is_somebodys(mention) or not self._happened_then(mention):
            return False
        return not any(self._before(name, mention) for name in _NOT_MINE)

    def came_about(self, mention: Place) -> bool:
        """Say whether the sentence, or the next one, says of what was feared or ruled out that it came about."""
        return self.assured or any(each.start >= mention.end for each in self.cues.get("it_happened", ()))

    def _happened_then(self, mention: Place) -> bool:
        """Say whether it is an event at all, and not one of another time or of a part of the body not treated."""
        named_only = self.words[mention.end : mention.end + 1]
        return not (
            any(each in words_of("compound") for each in named_only)
            or any(_overlap(each, mention) for each in self.cues.get("figure", ()))
            or any(self._is_then(each, mention) for each in self.cues.get("long_ago", ()))
            or self._was_excluded(mention)
            or self.only("elsewhere_in_body")
            or self._is_of_another_life(mention)
        )

    def _is_of_another_life(self, mention: Place) -> bool:
        """Say whether it is how the reviewer lives, has another cause or was brought along, untied to a treatment."""
        if self.in_sentence("linked") or self.was_here(mention):
            return False
        lives_so = any(_overlap(each, mention) for each in self.cues.get("state", ())) and words_of("again").isdisjoint(
            self.words[: mention.start]
        )
        brought = any(
            words_of("leaving").isdisjoint(self.words[each.end : mention.start])
            for each in self._before("brought", mention)
        )
        return bool(lives_so or brought or self.causes("other_cause"))

    def _is_then(self, cue: Place, mention: Place) -> bool:
        """Say whether a time long ago is that of an event: of its clause, or told before with no turn to now."""
        if self.start <= cue.start < self.end:
            return words_of("again").isdisjoint(self.words[cue.end : mention.start])
        between = self.words[cue.end : mention.start]
        return cue.end <= mention.start and (words_of("again") | words_of("contrast")).isdisjoint(between)

    def _was_excluded(self, mention: Place) -> bool:
        """Say whether it was tested for, and not found."""
        return self.in_sentence("negative") and any(self._tests(each, mention) for each in self.cues.get("tested", ()))

    def _tests(self, cue: Place, mention: Place) -> bool:
        before, after = self.words[cue.end : mention.start], self.words[mention.end : cue.start]
        near = len(before) <= _TESTED_BEFORE and len(after) <= _TESTED_AFTER
        return near and words_of("contrast").isdisjoint(before) and words_of("determiners").isdisjoint(after)

    def is_warning(self, mention: Place) -> bool:
        """Say whether the reviewer was told beforehand that it can happen."""
        foreign = self.only("other_clinic") or self._before("third_party", mention)
        return any(not self._denied(each) for each in self._before("warned", mention)) and not foreign

    def is_negated(self, mention: Place) -> bool:
        """Say whether a negation stands before it, near, in the same clause, and not within another phrase.

        What never was until now is no negation: `never had an infection until I came here`.
        """
        return not self.came_about(mention) and any(
            mention.start - each.end <= _SCOPE
            and not self._within(each, "not_negated")
            and not self._until_now(each, mention)
            for each in self._before("negated", mention)
        )

    def _until_now(self, cue: Place, mention: Place) -> bool:
        """Say whether what follows ends a `never`."""
        never = not words_of("never_before").isdisjoint(self.words[cue.start : cue.end])
        return never and not words_of("until_now").isdisjoint(self.words[mention.end :])

    def _is_somebodys(self, mention: Place) -> bool:
        """Say whether the sentence speaks of the reviewer, or begins so abruptly that it need not."""
        turns = self.words[self.start] in words_of("then") or (self.start and self.words[0] in words_of("denying"))
        then = turns and mention.start - self.start <= _ABRUPT + 1
        abrupt = mention.start <= _ABRUPT or then or self.words[0] in words_of("abrupt") or self.durations
        return bool(abrupt) or self.in_sentence("linked") or not words_of("own").isdisjoint(self.words)

    def _before(self, name: str, mention: Place) -> list[Place]:
        found = self.only(name)
        return (
            [each for each in found if each.end <= mention.start and not self._within(each, "as_if")] if found else []
        )

    def _denied(self, cue: Place) -> bool:
        return any(each.end <= cue.start <= each.end + 2 for each in self.only("negated"))

    def _within(self, cue: Place, name: str) -> bool:
        return any(each.start <= cue.start and cue.end <= each.end for each in self.only(name))

    def _comes_home(self, cue: Place, mention: Place) -> bool:
        """Say whether the story of somebody else turns to the reviewer before the event."""
        return not words_of("turning_to_me").isdisjoint(self.words[cue.end : mention.start])


def is_taken_back(words: Sequence[str], cues: Cues) -> bool:
    """Say whether a sentence gives an event another cause, in the reviewer's words and not in the clinic's."""
    found = (*cues.get("taken_back", ()), *(cues.get("negative", ()) if len(words) <= _BRIEF else ()))
    said, denying = words_of("saying"), words_of("denying")
    return any(
        said.isdisjoint(words[:at]) and denying.isdisjoint(words[:at][-1:]) for at in (each.start for each in found)
    )


def is_affirmed(words: Sequence[str], cues: Cues) -> bool:
    """Say whether a brief sentence, such as `It did.`, says that what was just told came about."""
    return len(words) <= _BRIEF and any(not each.start for each in cues.get("so_it_was", ()))


def clauses(sentence: Sentence, words: tuple[str, ...], cues: Cues, *, assured: bool = False) -> Iterator[Clause]:
    """Cut a sentence into clauses."""
    lengths = tuple(durations(words))
    colons = sentence.pauses(_COLON) if words[0] in words_of("denying") else frozenset[int]()
    starts = sorted({0, *colons, *_starts(words, sentence.pauses(), {each.start for each in lengths})})
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        yield Clause(start, end, words, cues, lengths, assured)


def _starts(words: tuple[str, ...], paused: frozenset[int], lengths: set[int]) -> Iterator[int]:
    """Find where a clause begins: at a contrast, or after a pause or a joining word if it begins like one."""
    contrast, turning, joining, opening = map(words_of, ("contrast", "contrast_after_pause", "joining", "opening"))
    for i, word in enumerate(words[1:], 1):
        turns = (word in contrast and not _excepts(words, i)) or (i in paused and word in turning)
        if turns or ((i in paused or words[i - 1] in joining) and (word in opening or i in lengths)):
            yield i


def _excepts(words: tuple[str, ...], place: int) -> bool:
    """Say whether the word at a place makes no contrast, but an exception: `anything but an infection`."""
    after = words[place + 1 : place + 2]
    return words[place - 1] in words_of("all_but") and words_of("opening").isdisjoint(after)


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end
