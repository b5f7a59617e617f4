"""All samples, and those of this machine."""

from collections.abc import Sequence

from tests.evals.documents.columns import COLUMNS
from tests.evals.documents.letters import LETTERS
from tests.evals.documents.margins import FORMS, MARGINS
from tests.evals.documents.plain import PLAIN
from tests.evals.documents.printed import PRINTED, is_installed
from tests.evals.documents.reported_pdf import REPORTED
from tests.evals.documents.samples import Sample
from tests.evals.documents.tables import TABLES, TURNED
from tests.evals.documents.unseen import PICTURES, UNSEEN, VERTICAL

SAMPLES: tuple[Sample, ...] = (
    *PLAIN,
    *COLUMNS,
    *TABLES,
    *TURNED,
    *LETTERS,
    *MARGINS,
    *FORMS,
    *UNSEEN,
    *PICTURES,
    *VERTICAL,
    *PRINTED,
    *REPORTED,
)


def available(samples: Sequence[Sample] = SAMPLES) -> list[Sample]:
    """The samples whose producer is installed here."""
    return [sample for sample in samples if is_installed(sample.producer)]
