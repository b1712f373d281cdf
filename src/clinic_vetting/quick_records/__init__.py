"""What the shipped measures say, for `quick`: the same as each measure gives, without its statements.

Each function answers for one measure of the same name, or gives `None` where the readable one must.
"""

from clinic_vetting.quick_records.groups import QUICK, Gets, Quick
from clinic_vetting.quick_records.ratings import Tally
from clinic_vetting.quick_records.words import UNSAID, WORDS

__all__ = [
    "QUICK",
    "UNSAID",
    "WORDS",
    "Gets",
    "Quick",
    "Tally",
]
