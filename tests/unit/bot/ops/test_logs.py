"""What is logged, and what never is."""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Generator
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr, ValidationError

from aspire_bot.logs import (
    AddAbout,
    LogFormat,
    Redactor,
    build_formatter,
    configure_logs,
    log_about,
    secrets_of,
)
from aspire_bot.settings import Settings

FORMATS: tuple[LogFormat, ...] = ("text", "json")
PERSON = "U0123ABCD"


def written(
    log_format: LogFormat,
    log: Callable[[logging.Logger], None],
    *secrets: str,
    level: int = logging.DEBUG,
) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(AddAbout())
    handler.setFormatter(build_formatter(log_format, Redactor(secrets)))
    logger = logging.Logger("test", level)  # noqa: LOG001  one that no other test has
    logger.addHandler(handler)
    log(logger)
    return stream.getvalue()


def as_json(line: str) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(line))


def log_everywhere(logger: logging.Logger, secret: str) -> None:
    """Log a text in every place a text can be in."""
    logger.info(secret)
    logger.info("%s in an argument, %r as it is read", secret, secret)
    logger.info("%s", {"inside": [secret]})
    logger.info("%s", json.dumps({"inside": secret}))
    logger.info("extra", extra={"more": {"inside": (secret,)}})
    try:
        try:
            {}[secret]
        except KeyError as error:
            raise ValueError(f"because of {secret}") from error
    except ValueError:
        logger.exception("a trace", stack_info=True)


tokens = st.one_of(
    st.from_regex(r"xox[abeprs]-[0-9]{5,12}-[A-Za-z0-9-]{10,40}", fullmatch=True),
    st.from_regex(r"xoxe\.xoxb-[0-9]-[A-Za-z0-9]{10,40}", fullmatch=True),
    st.from_regex(r"xapp-1-A[A-Z0-9]{8}-[0-9]{10}-[a-f0-9]{20}", fullmatch=True),
    st.from_regex(r"sk-[A-Za-z0-9_-]{20,40}", fullmatch=True),
    st.from_regex(r"AIza[0-9A-Za-z_-]{35}", fullmatch=True),
    st.from_regex(r"AKIA[0-9A-Z]{16}", fullmatch=True),
)
values = st.from_regex(r"[A-Za-z0-9!$%*+.~^|-]{8,40}", fullmatch=True)
places = st.sampled_from(
    [
        "Authorization: Bearer {}",
        "authorization='Basic {}'",
        "api_key={}",
        'ASPIRE_LLM_API_KEY="{}"',
        "{{'client_secret': '{}'}}",
        "postgresql://user:{}@db.example.org:5432/aspire",
        "password={} host=db",
        "wss://wss.slack.com/link/?ticket={}&app_id=1",
        "https://hooks.slack.com/actions/T1/{}",
    ]
)


@pytest.mark.parametrize("log_format", FORMATS)
@given(secret=tokens)
def test_tokens_are_hidden_wherever_they_stand(log_format: LogFormat, secret: str) -> None:
    text = written(log_format, lambda logger: log_everywhere(logger, secret))
    assert secret not in text
    assert secret[-8:] not in text


@pytest.mark.parametrize("log_format", FORMATS)
@given(place=places, value=values)
def test_what_is_named_a_secret_is_hidden(log_format: LogFormat, place: str, value: str) -> None:
    text = written(log_format, lambda logger: log_everywhere(logger, place.format(value)))
    assert value not in text


@pytest.mark.parametrize("log_format", FORMATS)
@given(secret=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=10))
def test_secrets_of_the_settings_are_hidden_whatever_they_are(
    log_format: LogFormat, secret: str
) -> None:
    secret = f"{secret}Zq"  # so that it is not what a line says anyway
    text = written(log_format, lambda logger: log_everywhere(logger, secret), secret)
    assert secret not in text
    if log_format == "json":
        assert not any(secret in str(as_json(line)) for line in text.splitlines())


@given(message=st.text(), event=st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_record_is_one_line_whatever_is_in_it(message: str, event: str) -> None:
    def log(logger: logging.Logger) -> None:
        with log_about(event_id=event):
            logger.info("%s", message, extra={"count": 3})

    text = written("json", log)
    assert text.count("\n") == 1
    line = as_json(text)
    assert line["level"] == "INFO"
    assert line["count"] == 3
    assert written("text", log).count("\n") == 1
    assert "\x1b" not in written("text", log)


@pytest.mark.parametrize("log_format", FORMATS)
def test_people_are_named_at_debug_only(log_format: LogFormat) -> None:
    assert PERSON not in written(log_format, lambda log: log.info("by %s", PERSON))
    assert PERSON not in written(log_format, lambda log: log.error("x", extra={"user": PERSON}))
    assert PERSON in written(log_format, lambda log: log.debug("by %s", PERSON))
    harmless = "UNAUTHORIZED UTF8 C0123ABCD Ev0123ABCD WARNING"
    assert harmless in written(log_format, lambda log: log.info(harmless))


class _Payload(BaseModel):
    ts: float
    files: tuple[int, ...] = ()


@pytest.mark.parametrize("log_format", FORMATS)
@pytest.mark.parametrize(
    "said", ["my private question", "私の質問", "two\nlines', input_type=x", {"text": "private"}]
)
def test_a_payload_that_an_error_quotes_is_told_at_debug_only(
    log_format: LogFormat, said: object
) -> None:
    def log(logger: logging.Logger, level: int) -> None:
        try:
            _Payload.model_validate({"ts": said, "files": [said]})
        except ValidationError:
            logger.log(level, "a payload cannot be read", exc_info=True)

    told = written(log_format, lambda logger: log(logger, logging.ERROR))
    assert "2 validation errors" in told
    assert "input_type=" in told
    for word in ("private", "質問", "lines"):
        assert word not in told
        assert word.encode("unicode_escape").decode() not in told
    assert "private" in written(log_format, lambda logger: log(logger, logging.DEBUG)) or (
        "private" not in f"{said}"
    )


@pytest.mark.parametrize("log_format", FORMATS)
def test_each_line_says_what_it_is_about(log_format: LogFormat) -> None:
    def log(logger: logging.Logger) -> None:
        logger.info("before")
        with log_about(event_id="Ev1"):
            logger.info("in")
            with log_about(incident="3f2a91c0"):
                logger.info("deeper")
            thread = threading.Thread(target=lambda: logger.info("elsewhere"))
            thread.start()
            thread.join()
        logger.info("after")

    lines = written(log_format, log).splitlines()
    assert ["Ev1" in line for line in lines] == [False, True, True, False, False]
    assert ["3f2a91c0" in line for line in lines] == [False, False, True, False, False]
    if log_format == "json":
        assert as_json(lines[2])["event_id"] == "Ev1"
        assert as_json(lines[2])["incident"] == "3f2a91c0"
        assert "T" in str(as_json(lines[2])["time"])


def test_other_handlers_see_the_record_as_it_was() -> None:
    seen: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    def log(logger: logging.Logger) -> None:
        logger.addHandler(Keep())
        logger.info("%s", "api_key=abcdefgh")

    assert "abcdefgh" not in written("json", log)
    assert seen == ["api_key=abcdefgh"]


def test_secrets_are_those_of_the_settings() -> None:
    settings = Settings(
        slack_bot_token=SecretStr("a-bot-token"),
        slack_signing_secret=SecretStr("signing"),
        database_url=SecretStr("postgresql://me:p%40ssword@db/aspire"),
    )
    known = secrets_of(settings)
    assert {"a-bot-token", "signing", "p%40ssword", "p@ssword"} <= known
    assert "aspire" not in known


@pytest.fixture
def root_as_it_was() -> Generator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("root_as_it_was")
@pytest.mark.parametrize(
    ("chosen", "is_service", "begins"),
    [(None, True, "{"), (None, False, "2"), ("text", True, "2"), ("json", False, "{")],
)
def test_the_settings_choose_the_form(
    monkeypatch: pytest.MonkeyPatch, chosen: LogFormat | None, is_service: bool, begins: str
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    settings = Settings(log_format=chosen, slack_bot_token=SecretStr("known to the letter"))
    configure_logs(settings, is_service=is_service)
    logging.getLogger("some").warning("a line: %s", "known to the letter")
    logging.getLogger("some").info("of a service")
    text = stream.getvalue()
    assert text.startswith(begins)
    assert "known" not in text
    assert ("of a service" in text) is is_service
