"""What the console works with, and what it asks of others."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol
from urllib.parse import urlsplit

from aspire_bot.answering.types import Answer, Question
from aspire_bot.console.originals import Pictures
from aspire_bot.console.recent_status import RecentStatus
from aspire_bot.console.shelves import Shelves
from aspire_bot.office.figures import WeekFigures
from aspire_bot.page_links import PageLinks
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.platform.sign_in import SlackSignIn
from aspire_bot.slack.staff.kept_questions import KeptQuestions
from aspire_bot.state import State
from aspire_bot.state.console.console_access import Person
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.sources import CitedSource
from aspire_ingest.index.reader import IndexReader

OpenIndex = Callable[[], AbstractContextManager[IndexReader]]
"""Gives the newest generation; raises `AspireError` where there is none."""
IsStaff = Callable[[str, str], bool]
"""Whether a person is staff, by workspace and user."""
StaffNames = Callable[[str], Mapping[str, str]]
"""All of staff of a workspace, by id: what each is called."""


def nobody_named(team: str) -> Mapping[str, str]:
    """Name nobody: where there is nothing to ask who is staff."""
    del team
    return {}


class Answerer(Protocol):
    """The answering core, as far as the console asks it."""

    def answer(self, question: Question) -> Answer:
        """Answer, abstain or ask back; raises `AspireError` where it can do none of these."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """Questions that ask the same, without an answer. `key` is the id of the first of them.

    `cluster_id` is None where they are not grouped yet; `gap_ids` are those of `questions`.
    `this_week` and `last_week`: how often of late, see `ClusterReport`.
    """

    key: str
    team: str
    title: str
    times: int
    language: str
    cluster_id: str | None = None
    gap_ids: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    nearest: tuple[CitedSource, ...] = ()
    this_week: int = 0
    last_week: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissedGroup:
    """Questions that staff dismissed together, and why."""

    cluster_id: str
    team: str
    title: str
    reason: str


class QuestionGroups(Protocol):
    """What is asked and not answered, put together."""

    def count(self) -> int:
        """Count the groups that are open."""
        ...

    def groups(self, limit: int) -> Sequence[QuestionGroup]:
        """Give the groups, the most asked first."""
        ...

    def found(
        self, text: str, *, start: int, limit: int, beside: str = ""
    ) -> tuple[Sequence[QuestionGroup], int]:
        """Give some of those that hold words, from the number `start` on, and how many do.

        With `beside`, the id of a cluster, they are those that may be put together with it.
        """
        ...

    def dismissed(self, limit: int) -> Sequence[DismissedGroup]:
        """Give what staff dismissed as a group, the most asked first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxySignIn:
    """A reverse proxy that says who is there: by which header, from where, and who is staff."""

    header: str
    networks: tuple[IPv4Network | IPv6Network, ...]
    staff: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleOptions:
    """How the console is set up. `url` is where people reach it, None where that is not known."""

    programme: str = "ASPIRE"
    contact: str | None = None
    timezone: str = "Asia/Tokyo"
    url: str | None = None
    proxy: ProxySignIn | None = None
    open_as: Person | None = None
    """Who whoever is on this machine is: in the playground alone."""

    @property
    def prefix(self) -> str:
        """The path that all pages are under, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/") if self.url else "/console"

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over HTTPS."""
        return bool(self.url) and urlsplit(self.url or "").scheme == "https"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleParts:
    """All that the pages ask and change."""

    state: State
    open_index: OpenIndex
    answerer: Answerer
    is_staff: IsStaff
    groups: QuestionGroups
    figures: WhileUnchanged[tuple[WeekFigures, ...]]
    today: Callable[[], date]
    staff_names: StaffNames = nobody_named
    page_links: PageLinks | None = None
    slack_sign_in: SlackSignIn | None = None
    curator: Curator | None = None
    kept_questions: KeptQuestions | None = None
    """Tells which kept questions an approved answer would be given to; None: nothing compares."""
    shelves: Shelves = field(default_factory=Shelves)
    pictures: Pictures = field(default_factory=Pictures)
    recent_status: RecentStatus = field(default_factory=RecentStatus)
    options: ConsoleOptions = field(default_factory=ConsoleOptions)
