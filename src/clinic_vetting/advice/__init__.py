"""What to do about a verdict: what to ask and mend, what is to come, what it hangs on, how two compare.

Each is a function of verdicts, exact and deterministic (method, section 8; docs/advice.md).
"""

from clinic_vetting.advice.comparison import Comparison, Pair, Side, comparison
from clinic_vetting.advice.difference import CAUSES, Difference, Moved, Split, difference
from clinic_vetting.advice.fixes import Fix, Stands, fixes, ranked_fixes
from clinic_vetting.advice.forecast import Day, Forecast, Reason, Shift, forecast
from clinic_vetting.advice.lead import Lead, lead
from clinic_vetting.advice.questions import Question, questions, ranked_questions
from clinic_vetting.advice.remedies import Remedies, remedies
from clinic_vetting.advice.robustness import Hold, robustness

__all__ = [
    "CAUSES",
    "Comparison",
    "Day",
    "Difference",
    "Fix",
    "Forecast",
    "Hold",
    "Lead",
    "Moved",
    "Pair",
    "Question",
    "Reason",
    "Remedies",
    "Shift",
    "Side",
    "Split",
    "Stands",
    "comparison",
    "difference",
    "fixes",
    "forecast",
    "lead",
    "questions",
    "ranked_fixes",
    "ranked_questions",
    "remedies",
    "robustness",
]
