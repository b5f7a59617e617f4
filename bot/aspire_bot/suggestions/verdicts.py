"""What was found out about the proposed questions, as a small file beside the state.

It holds for one generation of the index and one way of answering; for another it says nothing.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from aspire_bot.settings import Settings
from aspire_ingest.index.reader import IndexReader

logger = logging.getLogger(__name__)

Verdict = Literal["sure", "hedged", "unanswered"]
"""What the documents said to a question: an answer, perhaps one, or none."""

_ANSWERED_BY = (
    "embedding",
    "reader",
    "answer_from",
    "sure_from",
    "reranker",
    "reranker_url",
    "reranker_model",
)
"""Settings that decide whether an answer is sure."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judged(_Strict):
    """A proposed question in its language, and what the documents said to it.

    `is_suggested` tells questions that people are shown from those that only the tour asks.
    """

    language: str
    question: str
    is_suggested: bool
    verdict: Verdict


class KeptVerdicts(_Strict):
    """The verdicts on all proposed questions, in the order in which they are proposed.

    `index_version` is the generation that was asked, `answering` the `answering_key` of the time.
    """

    index_version: str
    answering: str
    questions: tuple[Judged, ...]

    def suggested(self, language: str) -> tuple[str, ...]:
        """Give the suggested questions of a language that are answered surely."""
        return tuple(
            one.question
            for one in self.questions
            if one.is_suggested and one.language == language and one.verdict == "sure"
        )

    def left_out(self) -> tuple[str, ...]:
        """Give the suggested questions, in all languages, that are not answered surely."""
        return tuple(
            one.question for one in self.questions if one.is_suggested and one.verdict != "sure"
        )

    def told(self) -> str:
        """Say in one line how many suggestions are left out, and which."""
        every = sum(one.is_suggested for one in self.questions)
        left = self.left_out()
        if not left:
            return f"all {every} suggestions are answered surely"
        return f"{len(left)} of {every} suggestions are not answered surely: {' · '.join(left)}"


def suggestions_file(home: Path) -> Path:
    """Say where the verdicts are kept under `ASPIRE_HOME`."""
    return home / "state" / "suggestions.json"


def answering_key(settings: Settings) -> str:
    """Name the way of answering: verdicts of another release or other settings do not hold."""
    values = (f"{name}={getattr(settings, name)}" for name in _ANSWERED_BY)
    return " ".join((version("aspire-bot"), *values))


def verdicts_on(path: Path, index_version: str, answering: str) -> KeptVerdicts | None:
    """Read what is kept of a generation, under an `answering_key`; None where nothing is."""
    kept = read_verdicts(path)
    is_of_these = kept and (kept.index_version, kept.answering) == (index_version, answering)
    return kept if is_of_these else None


def read_verdicts(path: Path) -> KeptVerdicts | None:
    """Read what is kept, of whatever generation; None where nothing can be used."""
    try:
        return KeptVerdicts.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        logger.warning("%s is not used, the questions are asked anew: %s", path, error)
        return None


def write_verdicts(path: Path, kept: KeptVerdicts) -> None:
    """Keep verdicts in place of earlier ones; raises `OSError`, which leaves those as they were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(kept.model_dump_json(indent=1))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def kept_suggestions(path: Path, answering: str) -> Callable[[IndexReader, str], Sequence[str]]:
    """Look up what an index is known to answer surely, in a language; ask nothing."""

    def suggestions(index: IndexReader, language: str) -> Sequence[str]:
        kept = verdicts_on(path, index.manifest.index_version, answering)
        return kept.suggested(language) if kept else ()

    return suggestions
