"""What is asked, what it is worth, and which bands it leads to: the criteria set as values."""

from clinic_vetting.criterion.band import COUNTED, NUMERIC, Band
from clinic_vetting.criterion.criteria_set import Changed, CriteriaSet
from clinic_vetting.criterion.criterion import Applies, Category, Criterion, OurStandard, Reference, Severity
from clinic_vetting.criterion.strengths import Strengths

__all__ = [
    "COUNTED",
    "NUMERIC",
    "Applies",
    "Band",
    "Category",
    "Changed",
    "CriteriaSet",
    "Criterion",
    "OurStandard",
    "Reference",
    "Severity",
    "Strengths",
]
