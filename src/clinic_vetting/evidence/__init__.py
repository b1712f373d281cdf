"""Statements, how far each is believed, and how several are weighed (method, sections 1 and 2)."""

from clinic_vetting.evidence.belief import COUNTS_FROM, NOBODY_SAID, Belief, Outcome
from clinic_vetting.evidence.scale import Ruling, Scale, Weighed
from clinic_vetting.evidence.source import Answer, Kind, Less, Source, Standing, Statement, standing
from clinic_vetting.evidence.strength import Evidence, Fresh, Strength, freshness

__all__ = [
    "COUNTS_FROM",
    "NOBODY_SAID",
    "Answer",
    "Belief",
    "Evidence",
    "Fresh",
    "Kind",
    "Less",
    "Outcome",
    "Ruling",
    "Scale",
    "Source",
    "Standing",
    "Statement",
    "Strength",
    "Weighed",
    "freshness",
    "standing",
]
