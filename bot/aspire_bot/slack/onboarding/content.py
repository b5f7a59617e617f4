"""What newcomers are told and which questions are suggested, read from an editable file.

The file holds questions, never answers: those come from the documents. It is checked strictly, for
whoever edits it: a mistake stops the start with a word on where it is.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from aspire_bot.slack.render.cut import cut
from aspire_bot.suggestions.offer import Proposal
from aspire_ingest.index.errors import ConfigError

MAX_LABEL = 75
"""Slack's limit for the text of a button and the title of a prompt."""
_SHIPPED = ("onboarding.yaml",)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the tour: its questions are put to the documents when it is sent."""

    step_id: str
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question to offer, and how it is called on a button."""

    label: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The content in one language."""

    welcome: str
    steps: tuple[Step, ...]
    closing: str
    suggested: tuple[Suggestion, ...]

    def questions(self) -> Iterator[tuple[bool, str]]:
        """Give each question once, with whether it is one that people are shown."""
        shown = dict.fromkeys(one.question for one in self.suggested)
        yield from ((True, question) for question in shown)
        asked = dict.fromkeys(question for step in self.steps for question in step.questions)
        yield from ((False, question) for question in asked if question not in shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content in all languages we speak."""

    by_language: Mapping[str, Guide]

    def guide(self, language: str) -> Guide:
        """Give the content in a language; in English where we do not speak it."""
        return self.by_language.get(language) or self.by_language["en"]

    def proposals(self) -> tuple[Proposal, ...]:
        """Give every question that is shown, or asked by the tour, in every language."""
        return tuple(
            Proposal(language=language, question=question, is_suggested=is_suggested)
            for language, guide in self.by_language.items()
            for is_suggested, question in guide.questions()
        )


def _known_placeholders(text: str) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name != _PROGRAMME:
            raise ValueError(f"{{{name}}} is no placeholder; there is only {{{_PROGRAMME}}}")
    return text


def _chars(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


_T = TypeVar("_T")
_KNOWN = AfterValidator(_known_placeholders)
# Lengths keep a step with its answer, the welcome and the closing within one message of Slack's.
_Long = Annotated[str, _chars(1200), _KNOWN]
_Title = Annotated[str, _chars(100), _KNOWN]
_Question = Annotated[str, _chars(300), _KNOWN]
_Questions = Annotated[tuple[_Question, ...], Field(min_length=1, max_length=3)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Languages(_Strict, Generic[_T]):
    en: _T
    ja: _T

    def of(self, language: str) -> _T:
        return self.ja if language == "ja" else self.en


class _Step(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    title: _Languages[_Title]
    questions: _Languages[_Questions]


class _Suggestion(_Strict):
    question: _Question
    label: str = ""

    @model_validator(mode="after")
    def _fits_a_button(self) -> "_Suggestion":
        name = _known_placeholders(self.label) or self.question
        if len(name) > MAX_LABEL:
            raise ValueError(f"give a label of at most {MAX_LABEL} characters")
        return self


class _File(_Strict):
    welcome: _Languages[_Long]
    steps: Annotated[tuple[_Step, ...], Field(min_length=1, max_length=40)]
    closing: _Languages[_Long]
    suggested: (
        _Languages[Annotated[tuple[_Suggestion, ...], Field(min_length=1, max_length=10)]] | None
    ) = None

    @field_validator("steps")
    @classmethod
    def _each_once(cls, steps: tuple[_Step, ...]) -> tuple[_Step, ...]:
        ids = [step.id for step in steps]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the id {', '.join(twice)} occurs twice")
        return steps


class _Loader(yaml.SafeLoader):
    """YAML in which a key that occurs twice is a mistake, not the last one's win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """See the base class."""
        seen: set[object] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the base class refuses it
            if key.value in seen:
                problem = f"the key {key.value} occurs twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_content(path: Path | None, *, programme: str) -> Content:
    """Read the operator's file, or the one that is shipped.

    Suggested questions that the operator's file does not give are the shipped ones.

    Raises:
        ConfigError: it cannot be read or used; the message says where it is wrong.
    """
    shipped = files("aspire_bot.slack.onboarding").joinpath(*_SHIPPED)
    ours = _read(shipped.read_text, "the shipped tour")
    theirs = _read(path.read_text, f"ASPIRE_ONBOARDING_FILE {path}") if path else ours
    suggested = theirs.suggested or ours.suggested
    assert suggested is not None  # noqa: S101  the shipped file has them, by test
    return Content(
        by_language={
            language: _guide(theirs, suggested.of(language), language, programme)
            for language in ("en", "ja")
        }
    )


def shipped_content() -> Content:
    """Give the tour and the questions that are shipped, for ASPIRE."""
    return read_content(None, programme="ASPIRE")


def _read(read_text: Callable[[str], str], name: str) -> _File:
    try:
        return _File.model_validate(yaml.load(read_text("utf-8"), Loader=_Loader))  # noqa: S506  a safe loader
    except ValidationError as error:
        wrong = "; ".join(f"{_place(e['loc'])}: {_said(e['msg'])}" for e in error.errors())
        raise ConfigError(f"{name} cannot be used: {wrong}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{name} cannot be read: {error}") from error


def _place(loc: tuple[int | str, ...]) -> str:
    """`steps[2].title.ja`; items are counted from 1, as people do."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).lstrip(".") or "the file"


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")


def _guide(file: _File, suggested: tuple[_Suggestion, ...], language: str, programme: str) -> Guide:
    def filled(text: str) -> str:
        return text.replace(f"{{{_PROGRAMME}}}", programme)

    steps = (
        Step(
            step_id=step.id,
            title=filled(step.title.of(language)),
            questions=tuple(map(filled, step.questions.of(language))),
        )
        for step in file.steps
    )
    offered = (
        Suggestion(
            label=cut(filled(one.label or one.question), MAX_LABEL), question=filled(one.question)
        )
        for one in suggested
    )
    return Guide(
        welcome=filled(file.welcome.of(language)),
        steps=tuple(steps),
        closing=filled(file.closing.of(language)),
        suggested=tuple(offered),
    )
