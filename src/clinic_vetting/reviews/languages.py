"""Which language a review is in, by its commonest words; enough to say what was not read."""

from __future__ import annotations

from typing import Final

_COMMON: Final = {
    "en": "the and was is my me with for they have this that very were are not at you had but it she he after our i "
    "would recommend so here there just",
    "es": "el la los las y que muy con una por para mi me se lo es fue pero como todo su al del estoy tengo han he en no "
    "te un bien gracias",
    "fr": "le les des et est une dans pour avec pas je vous tres sur ce qui nous mon suis a ete au du ai c'est j'ai",
    "de": "der die das und ist ich nicht mit sehr ein eine war auch auf fur den dem hat bin habe mich wurde bei",
    "it": "il gli che di molto sono per con una ho mi non della e del piu alla questo stata anche nella",
    "pt": "o os que muito com uma nao por para minha eu foi mas em da do ao ela tudo fiquei fui mais voce obrigada",
    "nl": "het een en van ik niet zeer met voor was erg heb zijn maar ook bij mijn naar is goed heel",
    "ca": "els amb molt per una que no i la el meva ha es tot ben m'han al som perque",
}
_COMMON_WORDS: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}
UNCLEAR: Final = ""
"""A text too short to tell: it is read in every language that is read."""


def language(words: frozenset[str]) -> str:
    """Give the language of a text by its plain words: a code, `UNCLEAR`, or `other` for another script.

    >>> language(frozenset("je suis tres contente avec le resultat".split()))
    'fr'
    >>> language(frozenset({"infection"}))
    ''
    """
    scores = {each: len(words & common) for each, common in _COMMON_WORDS.items()}
    best = max(scores.values())
    if not best:
        return UNCLEAR if any(word.isascii() for word in words) or not words else "other"
    return next(each for each, score in scores.items() if score == best)
