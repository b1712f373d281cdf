"""What is known of a corpus, one byte a criterion, rescored without listings. Needs `clinic-vetting[matrix]`.

`codes` keeps what each verdict believes; `CodeMatrix.rescore` gives what `vet` would under other
weights, severities, bands or `unknown_counts` of the same criteria: exact, and quick.
"""

from clinic_vetting.extras import missing

try:
    import numpy  # noqa: F401, ICN001 - looked for here, so that the error says what to do
except ImportError as error:  # pragma: no cover - tests have it
    raise missing(extra="matrix", what="clinic_vetting.matrix") from error

from clinic_vetting.matrix.book import MatrixError, State
from clinic_vetting.matrix.codes import CodeMatrix, codes
from clinic_vetting.matrix.scores import Scores

__all__ = ["CodeMatrix", "MatrixError", "Scores", "State", "codes"]
