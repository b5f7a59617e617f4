"""The bot's process, started, killed and started again."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from tests.local_slack.server import LocalSlack
from tests.local_slack.socket_mode import SocketTransport
from tests.soak.bot import BotSettings

from aspire_bot.local_slack.courier import HttpTransport, Transport

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class BotProcess:
    """At most one process at a time; what it logs goes to `log`."""

    slack: LocalSlack
    settings: BotSettings
    log: Path
    port: int = 0
    _running: subprocess.Popen[str] | None = field(default=None)

    def start(self) -> Transport:
        """Start it and give the way to it, once it listens."""
        command = [sys.executable, "-m", "tests.soak.bot", json.dumps(asdict(self.settings))]
        path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        with self.log.open("a") as log:
            self._running = subprocess.Popen(  # noqa: S603  our own module
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": path},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = _stdout(self._running).readline()
        if not line:
            raise RuntimeError(f"the bot did not start; see {self.log}")
        self.port = int(line)
        if self.settings.is_socket:
            self.slack.socket.wait_for_connection()
            return SocketTransport(self.slack.socket)
        return HttpTransport(self.port)

    def kill(self) -> None:
        """End it at once, wherever it is."""
        if self._running:
            self._running.kill()
            self._end()

    def stop(self) -> None:
        """Let it finish what it has begun."""
        if self._running:
            self._running.terminate()
            self._end()

    def _end(self) -> None:
        if self._running:
            self._running.wait(30)
            _stdout(self._running).close()
            self._running = None


def _stdout(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout
