"""What records say about a criterion: one small pure function each, registered by name.

A measure takes a clinic and a day and gives statements, or several parts of them. It may compare
the day with dates that stand in the clinic's records, and with nothing else: `valid_until` rests on
that. It never sees weights.
"""

from clinic_vetting.measures import credentials, hygiene, reviews, sourcing
from clinic_vetting.measures.registry import Measure, find, names, register

__all__ = ["Measure", "credentials", "find", "hygiene", "names", "register", "reviews", "sourcing"]
