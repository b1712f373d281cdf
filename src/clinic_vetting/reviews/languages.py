"""Which language a review is in, by its commonest words; enough to say what was not read."""

from __future__ import annotations

from typing import Final

_COMMON: Final = {
    "en": "the and was is my with for they have this that very were are not at you had but it she after our i "
    "would recommend so here there just",
    "es": "el la los las y que muy con una por para mi se lo es fue pero como todo su al del estoy tengo han en mis "
    "antes despues semanas dias desde cuando donde tiene hace este esta te un bien gracias",
    "fr": "le les des et est une dans pour avec pas je vous tres sur ce qui nous mon suis a ete au du ai c'est j'ai",
    "de": "der die das und ist ich nicht mit sehr ein eine war auch auf fur den dem hat bin habe mich wurde bei",
    "it": "il gli che di molto sono per con una ho mi non della e del piu alla questo stata anche nella",
    "pt": "o os que muito com uma nao por para minha eu foi em da do ao ela tudo fiquei fui mais voce obrigada",
    "nl": "het een en van ik niet zeer met voor was erg heb zijn maar ook bij mijn naar is goed heel",
    "ca": "els amb molt per meva tot gracies vaig he estat ben m'han al som perque",
}
_COMMON_WORDS: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}
COMMON: Final = frozenset[str]().union(*_COMMON_WORDS.values())
"""The commonest words of every language."""
_ENOUGH: Final = 2
"""How many different common words tell a language."""
OTHER: Final = "other"
"""A language in a script that is not read."""
UNCLEAR: Final = ""
"""A text too short or too mixed to tell: it is read in every language that is read."""


def language(words: frozenset[str]) -> str:
    """Give the language of a text by its plain words: a code, `UNCLEAR`, or `OTHER` for another script.

    >>> language(frozenset("je suis tres contente avec le resultat".split()))
    'fr'
    >>> language(frozenset({"infection"}))
    ''
    """
    telling = words & COMMON
    scores = {each: len(telling & common) for each, common in _COMMON_WORDS.items()}
    best = max(scores.values())
    if not best and words and not any(word.isascii() for word in words):
        return OTHER
    leading = [each for each, score in scores.items() if score == best]
    return leading[0] if best >= _ENOUGH and len(leading) == 1 else UNCLEAR
