"""The cases of question sets, generated and verified."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from tests.evals.checking.judging import Judged, Verifies, judge
from tests.evals.checking.making import Amounts, make_cases
from tests.evals.sets import opened

from aspire_bot.answering.checking import Strictness, Verifier
from aspire_bot.answering.checking.support_lazy import LazySupportModel
from aspire_bot.answering.checking.support_rule import shipped_rules
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.settings import Settings
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze

Half = Literal["held-out", "development"]


def judged_in(
    index: IndexReader,
    name: str,
    cases: int,
    *,
    half: Half = "held-out",
    verifier: Verifies | None = None,
) -> list[Judged]:
    """Verify up to so many cases of each kind, set and language, of one half."""
    verifier = verifier or verifier_of()
    made = make_cases(index, name, Amounts(truths=cases, lies=cases))
    wanted = [case for case in made if case.is_held_out == (half == "held-out")]
    return judge(wanted, verifier, index)


def verifier_of(
    *, reads: bool = True, strictness: Strictness = "strict", is_thorough: bool = False
) -> Verifier:
    """The verification as it is shipped, or by words and vectors alone."""
    settings = Settings()
    return Verifier(
        load_glossary(None, analyze),
        configured_embedder(settings),
        support=LazySupportModel(settings.cache) if reads else None,
        rule=shipped_rules()[strictness],
        is_thorough=is_thorough,
    )


def judged_of(
    sets: Iterable[str],
    shared: Path,
    cases: int,
    *,
    say: Callable[[str], None],
    half: Half = "held-out",
    verifier: Verifies | None = None,
) -> list[Judged]:
    """Verify the cases of several sets, each over its own index."""
    judged: list[Judged] = []
    for name in sets:
        with opened(name, shared) as assistant, assistant.reader() as index:
            found = judged_in(index, name, cases, half=half, verifier=verifier)
        say(f"{name}: {len(found)} cases")
        judged += found
    return judged
