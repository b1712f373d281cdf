"""What the shipped measures say, for `quick`: the same as each measure gives, without its statements.

Each function answers for one measure of the same name, or gives `None` where the readable one must.
"""

from clinic_vetting.quick_records.groups import DATED, QUICK, Gets, Quick
from clinic_vetting.quick_records.ratings import Tally

__all__ = [
    "DATED",
    "QUICK",
    "Gets",
    "Quick",
    "Tally",
]
