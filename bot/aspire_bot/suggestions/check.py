"""Asks the proposed questions of each new generation of the index, in the background."""

import logging
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol, cast

from aspire_bot.answering.types import Answer, Question
from aspire_bot.suggestions.offer import Proposal
from aspire_bot.suggestions.verdicts import (
    Judged,
    KeptVerdicts,
    Verdict,
    verdicts_on,
    write_verdicts,
)
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.types import IndexManifest

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0
"""How often it is looked whether there is a new generation; `is_settled` has it looked at once."""
_AGAIN_S = 60.0
"""After how long a generation that could not be asked is asked again."""


class QuotingCore(Protocol):
    """The answering core, as far as it is needed to find out what the index answers."""

    def answer_in_quotes(self, question: Question) -> Answer:
        """Answer without a language model; raises `AspireError`."""
        ...

    def manifest(self) -> IndexManifest:
        """Say which generation answers now; raises `AspireError`."""
        ...


class SuggestionCheck:
    """Asks one question at a time, as the public, and keeps what the documents said to each."""

    def __init__(
        self, core: QuotingCore, proposals: Sequence[Proposal], *, path: Path, answering: str
    ) -> None:
        """Keep verdicts in the file `path`, under the `answering_key`; nothing runs yet."""
        self._core = core
        self._proposals = tuple(proposals)
        self._path = path
        self._answering = answering
        self._lock = Lock()
        self._index_version = ""
        self._verdicts: dict[str, Verdict] = {}
        self._is_settled = False
        self._stop = Event()
        self._wake = Event()

    def is_settled(self) -> bool:
        """See `Offered`."""
        try:
            now = self._core.manifest().index_version
        except AspireError:
            return True  # there is nothing to wait for
        with self._lock:
            is_settled = self._is_settled and self._index_version == now
            is_new = self._index_version != now
        if is_new:
            self._wake.set()
        return is_settled

    def suggests(self, question: str) -> bool:
        """See `Offered`."""
        return self._known().get(question) == "sure"

    def answers(self, question: str) -> bool:
        """See `Offered`."""
        return self._known().get(question) != "unanswered"

    def run(self) -> None:
        """Ask each new generation until `stop`."""
        while not self._stop.is_set():
            self._wake.wait(self.look())
            self._wake.clear()

    def stop(self) -> None:
        """Let `run` end after the question in hand."""
        self._stop.set()
        self._wake.set()

    def _known(self) -> dict[str, Verdict]:
        try:
            now = self._core.manifest().index_version
        except AspireError:
            return {}
        with self._lock:
            return dict(self._verdicts) if self._index_version == now else {}

    def look(self) -> float:
        """Ask a generation that was not asked; give the seconds until it is looked again."""
        try:
            index_version = self._core.manifest().index_version
            if index_version != self._index_version:
                self._begin(index_version)
            if len(self._verdicts) < len({one.question for one in self._proposals}):
                self._ask(index_version, self._recall(index_version))
        except AspireError as error:
            logger.info("the suggestions cannot be checked now: %s", error)
        except Exception:  # the bot goes on, and suggests what it knows
            logger.exception("the suggestions cannot be checked")
        else:
            return _LOOK_EVERY_S
        self._settle()
        return _AGAIN_S

    def _begin(self, index_version: str) -> None:
        with self._lock:
            self._index_version = index_version
            self._verdicts = {}
            self._is_settled = False

    def _recall(self, index_version: str) -> KeptVerdicts | None:
        """Take what an earlier process found out about this generation."""
        kept = verdicts_on(self._path, index_version, self._answering)
        known = {one.question: one.verdict for one in kept.questions} if kept else {}
        with self._lock:
            for one in self._proposals:
                if one.question in known:
                    self._verdicts[one.question] = cast("Verdict", known[one.question])
        return kept

    def _ask(self, index_version: str, recalled: KeptVerdicts | None) -> None:
        """Ask what is not known yet, first what people see first; keep it once all is known."""
        for one in sorted(self._proposals, key=lambda proposal: not proposal.is_suggested):
            if one.question in self._verdicts:
                continue
            if self._stop.is_set():
                return
            answer = self._core.answer_in_quotes(Question(text=one.question, act="question"))
            if self._core.manifest().index_version != index_version:
                return  # there is a newer generation, which is begun with at the next look
            with self._lock:
                self._verdicts[one.question] = _verdict(answer)
        self._settle()
        found = self._found(index_version)
        if found != recalled:
            self._keep(found)

    def _settle(self) -> None:
        with self._lock:
            self._is_settled = True

    def _found(self, index_version: str) -> KeptVerdicts:
        return KeptVerdicts(
            index_version=index_version,
            answering=self._answering,
            questions=tuple(
                Judged(
                    language=one.language,
                    question=one.question,
                    is_suggested=one.is_suggested,
                    verdict=self._verdicts[one.question],
                )
                for one in self._proposals
            ),
        )

    def _keep(self, found: KeptVerdicts) -> None:
        """Say once what is left out, and keep it for the next start."""
        level = logging.WARNING if found.left_out() else logging.INFO
        logger.log(level, "index %s: %s", found.index_version, found.told())
        try:
            write_verdicts(self._path, found)
        except OSError as error:
            logger.warning(
                "%s cannot be written, so the next start asks anew: %s", self._path, error
            )


def _verdict(answer: Answer) -> Verdict:
    if answer.outcome != "answered":
        return "unanswered"
    return "sure" if answer.certainty == "sure" else "hedged"


@contextmanager
def checking(check: SuggestionCheck) -> Generator[None]:
    """Ask in a thread of its own until the block ends."""
    asking = Thread(target=check.run, name="suggestions")
    asking.start()
    try:
        yield
    finally:
        check.stop()
        asking.join()
