"""The workspaces that the bot is in: how it speaks there, and who it is."""

import threading

from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.rates import Pacer
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.platform.workspaces import Workspaces, check_token
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing


class ConnectedWorkspaces:
    """The workspaces the bot is in: how it speaks there, and who it is."""

    def __init__(
        self, workspaces: Workspaces, metrics: Metrics, tracing: Tracing = NO_TRACING
    ) -> None:
        """Look tokens up in `workspaces`; all keep to one set of rates."""
        self._workspaces = workspaces
        self._metrics = metrics
        self._tracing = tracing
        self._pacer = Pacer()
        self._bot_users: dict[str, str] = {}
        self._lock = threading.Lock()

    def web(self, team: str) -> SlackWeb:
        """Give the Web API of a workspace; raises `NotInstalledError`."""
        client = self._workspaces.client(team)
        return SlackWeb(
            client,
            team=team,
            pacer=self._pacer,
            count_error=self._metrics.slack_error,
            tracing=self._tracing,
        )

    def bot_user(self, team: str) -> str:
        """Give the bot's own user id in a workspace, asked for once."""
        with self._lock:
            known = self._bot_users.get(team)
        if known is None:
            known = check_token(self._workspaces.client(team)).bot_user
            with self._lock:
                self._bot_users[team] = known
        return known
