"""Who is staff of a workspace, and what they are called, for what stands beside Slack."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aspire_bot.slack.platform.names import shown_name
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.platform.workspaces import NotInstalledError
from aspire_bot.slack.staff.permissions import Staff

logger = logging.getLogger(__name__)

_GOOD_FOR_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDirectory:
    """Asks Slack; without `web_of` (no token) only those listed are known, by their ids."""

    staff: Staff
    web_of: Callable[[str], SlackWeb] | None = None
    clock: Callable[[], float] = time.monotonic
    _names: dict[tuple[str, str], tuple[float, str]] = field(
        default_factory=dict[tuple[str, str], tuple[float, str]]
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def includes(self, team: str, user: str) -> bool:
        """Whether a person is staff."""
        if user in self.staff.office.users:
            return True
        web = self._web(team)
        return web is not None and self.staff.includes(web, user)

    def names(self, team: str) -> Mapping[str, str]:
        """Give all of staff, by id: what each is called, their id where Slack does not say."""
        web = self._web(team)
        if web is None:
            return {user: user for user in sorted(self.staff.office.users)}
        found = {user: self._name(web, user) for user in self.staff.everyone(web)}
        return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))

    def _web(self, team: str) -> SlackWeb | None:
        if self.web_of is None:
            return None
        try:
            return self.web_of(team)
        except NotInstalledError:
            return None

    def _name(self, web: SlackWeb, user: str) -> str:
        """Ask Slack once an hour for each person, also where it does not know."""
        with self._lock:
            kept = self._names.get((web.team, user))
        if kept and self.clock() - kept[0] < _GOOD_FOR_S:
            return kept[1]
        try:
            name = shown_name(web.user(user)) or user
        except SlackCallError as error:
            logger.info("the name of one of staff is not known: %s", error)
            name = user
        with self._lock:
            self._names[web.team, user] = (self.clock(), name)
        return name
