"""Files that staff send for the index: which messages bring some, and their bytes."""

import logging
import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aspire_bot.curator import RefusedError
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.curating.commands import new_operation_id
from aspire_bot.slack.jobs.task import AnyTask, BeginOperation
from aspire_bot.slack.listeners.events import PersonMessage
from aspire_bot.slack.listeners.payloads import SharedFile, Shortcut
from aspire_bot.slack.listeners.questions import looks_like_question
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state.inbox import Inbox, Job

logger = logging.getLogger(__name__)

MAX_BYTES = 50 * 1024 * 1024
"""What `aspire-ingest` reads of one file at most."""
_MOST_FILES = 10
_ASKED = re.compile(
    r"(?:please\s+)?(?:ingest|index|add)\b|(?:登録|取り込|取込|追加)", re.IGNORECASE
)
_HOSTED = {"hosted", "snippet", "post", ""}


class PutTask(Protocol):
    """Keeps a task for the worker pool; `Intake.put` is one."""

    def __call__(self, task: AnyTask, *, key: str, team: str, channel: str) -> bool:
        """Keep it; False where it was kept before under this key."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFiles:
    """Takes the files of messages, from staff; others get a polite no."""

    staff: Staff
    put: PutTask
    inbox: Inbox

    def takes(self, web: SlackWeb, said: PersonMessage) -> bool:
        """Whether a message is about its files rather than a question.

        It asks so, or says nothing; what staff say beside a file is a question where it looks so.
        """
        if not said.files or not (said.is_direct or said.is_mention):
            return False
        if _ASKED.match(said.text):
            return True
        if not said.is_direct or looks_like_question(said.text):
            return False
        return not said.text or self.staff.includes(web, said.user)

    def on_said(self, job: Job, web: SlackWeb, said: PersonMessage) -> None:
        """Have the files of a message looked at, each by itself."""
        if not self.staff.includes(web, said.user):
            logger.warning("curating refused: user=%s command=file", said.user)
            self._refuse(job, web, said)
            return
        is_here = said.is_direct or said.channel == self.staff.office.channel
        for file in said.files[:_MOST_FILES]:
            task = BeginOperation(
                user=said.user,
                operation_id=new_operation_id(said.team, said.channel, said.ts, file.id),
                kind="ingest",
                request={"file": file.id, "name": file.name},
                channel=said.channel if is_here else "",
                thread_ts=said.thread_ts if is_here else "",
            )
            self.put(task, key=f"begin:{task.operation_id}", team=said.team, channel=task.channel)

    def on_shortcut(self, web: SlackWeb, shortcut: Shortcut) -> None:
        """“Index this file” in the menu of a message; the preview comes directly."""
        locale = web.locale(shortcut.user)
        words = phrases(locale).curating
        if not self.staff.includes(web, shortcut.user):
            logger.warning("curating refused: user=%s command=shortcut", shortcut.user)
            web.respond(shortcut.response_url, render_notice(phrases(locale).slack.staff_only))
            return
        said = words.begun if shortcut.files else words.no_files
        for file in shortcut.files[:_MOST_FILES]:
            self._begin(shortcut, file)
        web.respond(shortcut.response_url, render_notice(said))

    def _begin(self, shortcut: Shortcut, file: SharedFile) -> None:
        task = BeginOperation(
            user=shortcut.user,
            operation_id=new_operation_id(shortcut.team, shortcut.trigger_id, file.id),
            kind="ingest",
            request={"file": file.id, "name": file.name},
        )
        self.put(task, key=f"begin:{task.operation_id}", team=shortcut.team, channel="")

    def _refuse(self, job: Job, web: SlackWeb, said: PersonMessage) -> None:
        wording = phrases(web.locale(said.user)).slack
        notice = render_notice(wording.staff_only)
        if not said.is_direct:
            web.post_privately(said.channel, said.user, notice, thread_ts=_thread(said))
            return
        place = Place(channel=said.channel, thread_ts=said.thread_ts, user=said.user)
        reply = Reply(web=web, inbox=self.inbox, job=job, place=place, wording=wording)
        reply.take_up()
        reply.say(notice)


@contextmanager
def file_from_slack(web: SlackWeb, file: str) -> Generator[tuple[Path, str]]:
    """The bytes of a file in Slack as a file here, and its name, while the block runs.

    Raises:
        RefusedError: it is gone, is not kept in Slack, or is too large.
        SlackCallError: not now; to be tried again.
    """
    try:
        info = web.file(file)
        _check(str(info.get("mode") or ""), info.get("is_external"), info.get("size"))
        url = str(info.get("url_private_download") or info.get("url_private") or "")
        body = web.download(url, max_bytes=MAX_BYTES)
    except SlackCallError as error:
        if error.retryable:
            raise
        if error.error == "too_large":
            raise _too_large() from error
        raise RefusedError("file", error.error) from error
    if _is_sign_in_page(body, str(info.get("mimetype") or "")):
        raise RefusedError("file", "missing_scope: files:read")
    with tempfile.TemporaryDirectory(prefix="aspire-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(body)
        yield path, str(info.get("name") or info.get("title") or file)


def _check(mode: str, is_external: object, size: object) -> None:
    if is_external or mode not in _HOSTED:
        raise RefusedError("file", f"it is not kept in Slack ({mode or 'external'})")
    if isinstance(size, int) and size > MAX_BYTES:
        raise _too_large()


def _too_large() -> RefusedError:
    return RefusedError("too_large", str(MAX_BYTES // (1024 * 1024)))


def _is_sign_in_page(body: bytes, mimetype: str) -> bool:
    """Whether Slack shows a page for signing in, as it does where the token may not read files."""
    return not mimetype.startswith("text/") and b"<html" in body[:2000].lower()


def _thread(said: PersonMessage) -> str:
    return "" if said.begins_thread else said.thread_ts
