"""The parent's side of the child that runs a model."""

import json
import os
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from aspire_bot.answering.limits import Deadline
from aspire_bot.llm.local.child import Start

Message: TypeAlias = Mapping[str, Any]  # JSON of our own child
_COMMAND = "from aspire_bot.llm.local.child import main; main()"
_OURS = ("ASPIRE_", "SLACK_")


class ChildProcess:
    """One child, from its start to its end; for one thread at a time."""

    def __init__(self, start: Start) -> None:
        """Start it; the model is loaded meanwhile, and nothing is waited for."""
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and a constant
            # -P: a file in the current folder must not pass for a module.
            [sys.executable, "-P", "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=_environment(),
        )
        self._heard: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        threading.Thread(
            target=_hear, args=(self._child, self._heard), name="local model", daemon=True
        ).start()
        self._end = weakref.finalize(self, _end, self._child)  # also when the program exits
        self.is_loaded = False
        self.is_idle = False
        """Whether it waits for a prompt."""
        self.say(asdict(start))

    @property
    def is_alive(self) -> bool:
        """Whether the process is there."""
        return self._child.poll() is None

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def say(self, message: Message) -> None:
        """Send it a line; one that is gone hears nothing, which the next `hear` tells."""
        if self._child.stdin is None:
            return
        try:
            self._child.stdin.write(json.dumps(message) + "\n")
            self._child.stdin.flush()
        except OSError:
            self._heard.put(None)

    def hear(self, deadline: Deadline) -> Message | None:
        """Wait for its next line; None where it is gone.

        Raises:
            TimeoutError: it said nothing until the deadline.
        """
        try:
            heard = self._heard.get(timeout=deadline.remaining_s())
        except queue.Empty:
            raise TimeoutError from None
        if heard is None:
            self._heard.put(None)  # it stays gone
        return heard

    def kill(self) -> None:
        """End it and wait until it is gone; harmless a second time."""
        self._end()


def _environment() -> dict[str, str]:
    """What the child is given of ours: no settings, for they hold keys."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    importable = (entry for entry in sys.path if entry and Path(entry).is_absolute())
    return {**kept, "PYTHONPATH": os.pathsep.join(importable)}


def _hear(child: "subprocess.Popen[str]", heard: "queue.SimpleQueue[Message | None]") -> None:
    """Be the thread that hears; say at the end, in any case, that the child is gone."""
    try:
        for line in child.stdout or ():
            heard.put(json.loads(line))
    except ValueError:  # half a line, or a pipe that was closed
        pass
    finally:
        heard.put(None)


def _end(child: "subprocess.Popen[str]") -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # unsent words of a child that died
