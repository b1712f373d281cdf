"""Titles, forms of address, credentials and legal forms, which stand around a name and are none.

What is hardly ever a name is left out wherever it stands, and read as one too where a single word would remain: `Julia
Miss`, `Md Alam`. What is often a name as well (`Don`, `Sister`, `Do`) is left out only where a title stands and two
other words remain; the name is then read both ways, so that a listed person is found whichever is right.
"""

from __future__ import annotations

import re
from typing import Final

TITLES: Final = frozenset(
    {
        "dr", "dra", "drs", "mr", "mrs", "ms", "miss", "mx", "mme", "mlle", "sra", "srta", "sres", "dna",
        "prof", "profa", "sir", "jr", "sr", "ii", "iii", "iv", "doctora", "doutora", "enf", "enfermera",
        "enfermero", "enfermeira", "enfermeiro", "lcda", "lcdo", "lda", "ldo", "ldos", "lic", "licda",
        "licdo", "mtra", "mtro", "sigra", "dottssa", "dottoressa", "infirmiere", "infirmier", "md", "phd",
        "mbbs", "mbchb", "bmbs", "bmbch", "mbbch", "mdcm", "dds", "dmd", "bds", "mds", "dpm", "dc", "dnb",
        "pharmd", "rph", "dpt", "psyd", "rn", "rgn", "rmn", "rnc", "lpn", "lvn", "np", "fnp", "anp", "cnp",
        "agnp", "agacnp", "pmhnp", "whnp", "apn", "aprn", "arnp", "crna", "cnm", "cns", "cnor", "ccrn",
        "cpsn", "dnp", "nmp", "bc", "bsc", "msc", "bsn", "msn", "mph", "mpas", "pgdip", "pgcert", "facs",
        "faad", "facog", "faafp", "frcs", "frcsc", "frcp", "frcpc", "fracs", "fracgp", "facd", "mrcs",
        "mrcp", "mrcgp", "mrcog", "mfds", "mjdf", "frcsed", "frcseng", "frcsplast",
    }
)  # fmt: skip
"""What is hardly ever a name, as plain words."""
IN_FRONT: Final = frozenset(
    {
        "don", "dona", "d", "da", "dn", "dame", "sister", "brother", "father", "mother", "matron", "nurse",
        "practitioner", "registered", "doctor", "docteur", "doktor", "dott", "dottore", "doutor",
        "professor", "profesor", "profesora", "senor", "senora", "senorita", "senhor", "senhora", "sig",
        "signor", "signora", "signorina", "frau", "herr", "m", "mister", "madam", "madame", "monsieur",
        "mademoiselle", "rev", "reverend", "fr", "hon", "lady", "lord", "prince", "princess", "licenciada",
        "licenciado", "maestra", "maestro", "matrona", "odont", "farm", "mag", "dipl", "ing", "med", "dent",
        "univ", "habil",
    }
)  # fmt: skip
"""What is a title in front of a name, and may be a name."""
_GIVEN: Final = frozenset({"don", "dona", "d", "da", "m", "hon", "prince", "princess", "sig", "mag", "ing"})
"""Those of them that are given names or initials of many: no title before an initial."""
BEHIND: Final = frozenset({"do", "pa", "ma", "ba", "mba", "obe", "mbe", "cbe"})
"""What is a credential behind a name, and may be a name."""
KNOWN: Final = TITLES | IN_FRONT | BEHIND
LEGAL_FORMS: Final = frozenset(
    {
        "inc", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "llp", "lp", "pllc", "pc",
        "gmbh",
        "ag", "sa", "srl", "sl", "bv", "pty", "pvt", "sas", "kg", "oy", "ab", "spa", "the", "and", "of", "incorporated",
    }
)  # fmt: skip
"""What a firm is in law, and small words around it."""
_CERTIFIED: Final = re.compile(r"\b(pa|[a-z]{0,5}np|rn)-b?c\b", re.IGNORECASE)


def uncertified(text: str) -> str:
    """Leave the end of a certified credential away.

    >>> uncertified("Anne Example, PA-C")
    'Anne Example, PA'
    """
    return _CERTIFIED.sub(r"\1", text)


def without(several: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what is hardly ever a name."""
    return tuple(each for each in several if each not in TITLES)


def two(several: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give both readings: titles left out in front and then behind, and the other way about; two words remain.

    >>> two(("dr", "julia", "miss")), two(("md", "alam", "mbbs"))[1]
    ((('julia', 'miss'), ('dr', 'julia')), ('md', 'alam'))
    """
    return tuple(_two(several, order) for order in ((0, -1), (-1, 0)))


def _two(several: tuple[str, ...], order: tuple[int, ...]) -> tuple[str, ...]:
    for end in order:
        while len(several) > 2 and several[end] in TITLES:
            several = several[1:] if end == 0 else several[:-1]
    return several


def bare(several: tuple[str, ...], least: int = 2) -> tuple[str, ...]:
    """Leave out also what may be a name, where it stands as a title and at least some words remain.

    >>> bare(("don", "carlos", "sample")), bare(("don", "sample")), bare(("anh", "sample", "do"))
    (('carlos', 'sample'), ('don', 'sample'), ('anh', 'sample'))
    """
    while len(several) > least and several[0] in IN_FRONT and (several[0] not in _GIVEN or len(several[1]) > 1):
        several = several[1:]
    while len(several) > least and several[-1] in BEHIND:
        several = several[:-1]
    return several


def without_legal_form(several: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what a firm is in law, where anything else remains.

    >>> without_legal_form(("made", "up", "care", "llc")), without_legal_form(("the", "company"))
    (('made', 'up', 'care'), ('the', 'company'))
    """
    return tuple(each for each in several if each not in LEGAL_FORMS) or several
