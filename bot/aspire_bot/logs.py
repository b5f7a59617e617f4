"""How the programs log: text or JSON lines, with the event they are about and without secrets.

The text of questions is logged at DEBUG only, by whoever logs it; ids of people, and what an error
quotes of a payload, are taken out above DEBUG here. What looks like a secret, or is one of the
settings, is taken out at every level, from messages, their arguments, extra fields and traces
alike.
"""

import json
import logging
import re
import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal, cast
from urllib.parse import quote, unquote, urlsplit

from pydantic import SecretStr
from pythonjsonlogger.json import JsonFormatter

from aspire_bot.settings import Settings

LogFormat = Literal["text", "json"]
HIDDEN = "[hidden]"
_MIN_SECRET_CHARS = 6  # shorter ones would blot out ordinary words

_about: ContextVar[Mapping[str, str] | None] = ContextVar("aspire_log_about", default=None)

_PERSON = re.compile(r"(?<![A-Za-z0-9_])[UW](?=[A-Z0-9]*\d)[A-Z0-9]{8,14}(?![A-Za-z0-9_])")
# Pydantic quotes what it refuses: of a payload, that is what somebody wrote.
_REFUSED = re.compile(r"(?s)(?<=input_value=).*?(?=, input_type=)")
# What runs on is bounded: a long line must not take the time of its square.
_NAMED = (
    r"(?:api[_-]?key|token|secret|passw(?:or)?d|pwd|ticket|authorization|signature|cookie)"
    r"[\w-]{0,30}"
)
_VALUE = r"(?:(?P<quote>\\*[\"']).{1,2000}?(?P=quote)|[^\s\"',;&)}\]\\]+)"
_SECRETS = (
    # Slack: bot, user, refresh, app and workflow tokens, alone or within one another
    re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app|wfp)-[A-Za-z0-9_-]+"),
    # Slack: addresses that anyone may post to
    re.compile(r"(?<=hooks\.slack\.com/)[^\s\"'<>\\]+"),
    # keys of model providers and clouds, by their form
    re.compile(r"\b(?:sk-[A-Za-z0-9_-]{8,}|AIza[0-9A-Za-z_-]{20,}|(?:AKIA|ASIA)[0-9A-Z]{12,})"),
    # Authorization: Bearer …, wherever it stands
    re.compile(r"(?i)(?<=\bbearer )[^\s\"',]+|(?<=\bbasic )[A-Za-z0-9+/=]{8,}"),
    # scheme://user:password@host
    re.compile(r"(?<=://)[^\s/?#:@]*:[^\s/?#]*(?=@)"),
    # name=value, "name": "value", name: value
    re.compile(rf"(?i)({_NAMED}\\*[\"']?\s{{0,3}}(?:=>|=|:)\s{{0,3}}){_VALUE}"),
)  # fmt: skip


@contextmanager
def log_about(**about: str) -> Generator[None]:
    """Put `event_id`, `incident` and the like on every line of this thread until the block ends."""
    token = _about.set({**(_about.get() or {}), **about})
    try:
        yield
    finally:
        _about.reset(token)


def configure_logs(settings: Settings, *, is_service: bool = False, is_debug: bool = False) -> None:
    """Log to standard error as the settings say, in place of what was configured before.

    A service logs from INFO and in JSON where standard error is no terminal; the other commands log
    from WARNING, in text.
    """
    log_format = settings.log_format or (
        "json" if is_service and not sys.stderr.isatty() else "text"
    )
    handler = logging.StreamHandler()
    handler.addFilter(AddAbout())
    handler.setFormatter(build_formatter(log_format, Redactor(secrets_of(settings))))
    level = logging.DEBUG if is_debug else logging.INFO if is_service else logging.WARNING
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Each answers for itself at INFO, with a line for each call or migration.
    for chatty in ("httpx", "httpcore", "chromadb", "alembic", "slack_bolt", "slack_sdk"):
        logging.getLogger(chatty).setLevel(logging.DEBUG if is_debug else logging.WARNING)


def build_formatter(log_format: LogFormat, redactor: "Redactor") -> logging.Formatter:
    """Give the formatter of a handler; the handler needs the filter `AddAbout` besides."""
    return _JsonLines(redactor) if log_format == "json" else _TextLines(redactor)


def secrets_of(settings: Settings) -> frozenset[str]:
    """Give every value of the settings that no log may show, with the passwords in URLs."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    found |= {password for url in tuple(found) for password in _passwords(url)}
    return frozenset(found)


def _passwords(url: str) -> set[str]:
    try:
        password = urlsplit(url).password or ""
    except ValueError:  # no URL after all
        return set()
    return {password, unquote(password)}


def _spellings(secret: str) -> set[str]:
    """A secret as it stands, in a URL, in a Python literal and in JSON."""
    return {secret, quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]}


class Redactor:
    """Takes secrets out of text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know some secrets to the letter, and all others by their form."""
        spelled = {s for one in secrets if len(one) >= _MIN_SECRET_CHARS for s in _spellings(one)}
        known = sorted(spelled, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def redact(self, text: str, *, level: int = logging.INFO) -> str:
        """Hide secrets; above DEBUG also ids of people, and payloads that an error quotes."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for pattern in _SECRETS:
            replacement = rf"\1{HIDDEN}" if pattern.groups else HIDDEN
            text = pattern.sub(replacement, text)
        if level <= logging.DEBUG:
            return text
        return _PERSON.sub("U…", _REFUSED.sub(HIDDEN, text))

    def redact_all(self, value: object, *, level: int) -> object:
        """Hide them in all texts within a value; what is no text, number or container is printed.

        Keys are kept, and say by their name that their value is a secret.
        """
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, Mapping):
            items = cast("Mapping[object, object]", value).items()
            return {
                self.redact(str(key), level=level): HIDDEN
                if isinstance(one, str) and re.search(_NAMED, str(key), re.IGNORECASE)
                else self.redact_all(one, level=level)
                for key, one in items
            }
        if isinstance(value, list | tuple | set | frozenset):
            members = cast("Iterable[object]", value)
            return [self.redact_all(one, level=level) for one in members]
        return self.redact(str(value), level=level)


class AddAbout(logging.Filter):
    """Puts what `log_about` says on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with `event_id` and `incident`, empty where there is none."""
        about = _about.get() or {}
        for name, value in {"event_id": "", "incident": "", **about}.items():
            if not getattr(record, name, ""):
                setattr(record, name, value)
        return True


class _TextLines(logging.Formatter):
    """A line for people; a message stays on one line whatever is in it."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the base's name
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        about = "".join(
            f" {name}={value}"
            for name in ("event_id", "incident")
            if (value := getattr(record, name, ""))
        )
        line = f"{at} {record.levelname} {record.name}:{about} {record.message}"
        # Else whoever is quoted could write lines of their own, or colours.
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.redact(super().format(record), level=record.levelno)


class _JsonLines(JsonFormatter):
    """One JSON object a line."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType]  a bare Callable in it
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "trace"},
            timestamp="time",
            json_ensure_ascii=False,
        )
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        # A copy, for the base leaves its traces on what it formats; other handlers see the record.
        copied = logging.makeLogRecord(record.__dict__)
        return super().format(copied)

    def add_fields(
        self,
        log_data: dict[str, object],
        record: logging.LogRecord,
        message_dict: dict[str, object],
    ) -> None:
        super().add_fields(log_data, record, message_dict)
        hidden = self._redactor.redact_all(dict(log_data), level=record.levelno)
        log_data.clear()
        log_data.update(cast("dict[str, object]", hidden))
