"""Who may reply for the office, approve answers and set up channels."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from aspire_bot.slack.platform.web import SlackCallError, SlackWeb

logger = logging.getLogger(__name__)

_GOOD_FOR_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The people behind the bot, as the operator names them."""

    name: str = "ASPIRE"
    channel: str | None = None
    """The staff channel: where questions are brought and answered."""
    users: frozenset[str] = frozenset()
    usergroup: str | None = None


class Staff:
    """Tells who is staff: those listed, and the members of a user group."""

    def __init__(self, office: Office, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask Slack for the group's members at most every five minutes."""
        self.office = office
        self._clock = clock
        self._members: dict[str, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def includes(self, web: SlackWeb, user: str) -> bool:
        """Whether a person is staff. Where Slack cannot tell the group, only those listed are."""
        if user in self.office.users:
            return True
        return bool(self.office.usergroup) and user in self._group(web)

    def everyone(self, web: SlackWeb) -> frozenset[str]:
        """Give all of staff, as far as Slack can tell."""
        return self.office.users | (self._group(web) if self.office.usergroup else frozenset[str]())

    def _group(self, web: SlackWeb) -> frozenset[str]:
        group = self.office.usergroup or ""
        with self._lock:
            kept = self._members.get(web.team)
            if kept and self._clock() - kept[0] < _GOOD_FOR_S:
                return kept[1]
        try:
            members = web.group_members(group)
        except SlackCallError as error:
            logger.warning("who is staff is not known: %s", error)
            return frozenset()
        with self._lock:
            self._members[web.team] = (self._clock(), members)
        return members
