"""A playground that runs in a thread, over an answering core that a test holds in its hand."""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.local_slack.answers import ABSTAINED, ENGLISH_ANSWER, GOALS, GUIDE, JAPANESE_ANSWER
from tests.local_slack.scene import STEPS, ScriptedCore
from tests.unit.bot.answering.made import EMBEDDER, index

from aspire_bot.answering.ports import OnPiece
from aspire_bot.answering.types import Answer, Question, StepName
from aspire_bot.bootstrap import ModelUpkeep
from aspire_bot.office.cluster_book import QuestionEmbedder
from aspire_bot.playground.run import Playground, open_playground
from aspire_bot.settings import Settings
from aspire_bot.slack.service import ReadyCore
from aspire_ingest.index import Audience, DocumentInfo, IndexManifest
from aspire_ingest.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class ByWords:
    """Answers by the words of a question."""

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer about goals, in Japanese about costs of travel, and abstain from all else."""
        for step in STEPS if on_step else ():
            if on_step:
                on_step(step)
        if "旅費" in question.text:
            return JAPANESE_ANSWER
        is_known = "goals" in question.text.lower() or "目的" in question.text
        return ENGLISH_ANSWER if is_known else ABSTAINED

    def answer_in_quotes(self, question: Question) -> Answer:
        """Answer the same, surely."""
        said = replace(self.answer(question), index_version=self.manifest().index_version)
        return replace(said, certainty="sure") if said.outcome == "answered" else said

    @property
    def embedder(self) -> QuestionEmbedder:
        """What unanswered questions are grouped by."""
        return EMBEDDER

    @contextmanager
    def reader(self) -> Generator[IndexReader]:
        """An index of one sentence."""
        yield index("The goals are joint research.")

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Two documents, for everybody."""
        del audience
        return (GOALS, GUIDE)

    def manifest(self) -> IndexManifest:
        """Say which index this pretends to be."""
        return ScriptedCore((), self.documents("public")).manifest()


@dataclass(slots=True)
class Held:
    """Another core in one's hand: while it is held, each step waits to be let go."""

    core: ReadyCore
    _held: bool = False
    _turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def hold(self) -> None:
        """Let nothing go on by itself from now."""
        self._held = True

    def let_go(self, steps: int = len(STEPS)) -> None:
        """Let so many steps pass."""
        self._turns.release(steps)

    def release(self) -> None:
        """Let all go on by itself again."""
        self._held = False
        self.let_go()

    def answer(
        self,
        question: Question,
        on_step: Callable[[StepName], None] | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer as the other does, at the pace one is let go."""

        def begin(step: StepName) -> None:
            if on_step:
                on_step(step)
            if self._held and not self._turns.acquire(timeout=20):
                raise TimeoutError(f"nobody let {step} go")

        return self.core.answer(question, begin)

    def answer_in_quotes(self, question: Question) -> Answer:
        """Answer as the other does, at once."""
        return self.core.answer_in_quotes(question)

    @property
    def embedder(self) -> QuestionEmbedder:
        """That of the core."""
        return self.core.embedder

    def reader(self) -> AbstractContextManager[IndexReader]:
        """That of the core."""
        return self.core.reader()

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Give the other's."""
        return self.core.documents(audience)

    def manifest(self) -> IndexManifest:
        """Give the other's."""
        return self.core.manifest()


@contextmanager
def staged(
    core: ReadyCore, folder: Path, clock: Callable[[], float] = time.time
) -> Generator[Playground]:
    """Serve a playground on a free port until the block ends; Slack must have had no complaint."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=folder, contact="office@example.org")
    stop = threading.Event()

    def open_core(upkeep: ModelUpkeep) -> AbstractContextManager[ReadyCore]:
        del upkeep  # a staged core asks no model
        return nullcontext(core)

    with open_playground(settings, open_core, folder, port=0, stop=stop, clock=clock) as playground:
        serving = threading.Thread(target=playground.server.run, args=(stop,))
        serving.start()
        try:
            yield playground
        finally:
            stop.set()
            serving.join()
    assert playground.slack.violations == []
