"""Question files: what is asked, and what a right answer holds."""

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from aspire_bot.answering.types import Question, Turn
from aspire_ingest.index import ConfigError, DocumentInfo


class _Turn(BaseModel):
    role: Literal["user", "assistant"]
    text: str


def _as_turn(value: object) -> object:
    return {"role": "user", "text": value} if isinstance(value, str) else value


_LONGEST_VALUE = 100
"""Characters; a longer reference answer is prose, which no right answer need contain."""


FIELDS = {
    "id, question, history": "as for `ask --batch`; the first two are needed; `qid` is `id`",
    "answerable": "whether the documents answer it; null where that is not known",
    "type, lang, set": "groups to be reported apart; of several files, each is a set by its name",
    "must_include": "regular expressions that a right answer matches, all of them",
    "answers": "or values, one of which a right answer contains",
    "source_files, gold": (
        "file names or document ids, one of which is to be cited and found; `doc_ids` is `gold`"
    ),
    "need_all": "true: all of them are to be cited",
    "quotes": (
        '`[{"doc_id", "quote"}]`: sentences of the documents, to the letter, that together are the '
        "best short answer; with them a citation is right where it overlaps one, and neither "
        "`must_include` nor `answers` is looked at"
    ),
    "also": "as `quotes`: those of one document together are another full answer",
    "statements": (
        '`[{"text", "is_true", "sources"?}]`: held against the documents as a model\'s statements '
        "are, also by the judge of the settings; `sources` as `gold`, for this statement"
    ),
    "attack, instruction": "the kind and the words of an instruction that stands in the documents",
    "must_not_include": "regular expressions of what only an answer says that followed it",
}
"""What a line of a question file may say, as the reference says it."""


class EvidenceText(BaseModel):
    """Words of a named file that answer."""

    file: str
    text: str


class QuotedText(BaseModel):
    """Words of a document that answer, as they stand there, known by the document's id."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    doc_id: str
    quote: str


class LabelledStatement(BaseModel):
    """A statement as a model could write it, and whether the documents support it.

    `sources` are file names or document ids that it cites; without any, those of its question.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    is_true: bool
    sources: tuple[str, ...] = ()


class Case(BaseModel):
    """One question with what is known of its answer.

    Three forms are read. Own questions: `must_include` (regular expressions that a right answer
    matches, all of them), `source_files` (one of which it must cite; all of them with `need_all`).
    Public sets: `answers` (one of which it must contain) and `gold` (document ids). Questions that
    the reader is trained on: `quotes`, sentences that together are the answer, and `also`, those
    of another document (or of the same) that are one too; `near` are documents that only look as
    if they answered. `answerable` is null where a set does not say; such questions count for the
    ranking alone.

    `statements` are held against the documents as a model's would be. `attack` names the kind of
    attack that stands in the documents, `instruction` its words, `must_not_include` (regular
    expressions) what only an answer holds that followed it.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = Field(validation_alias=AliasChoices("id", "qid"))
    question: str
    answerable: bool | None = None
    lang: str | None = None
    type: str | None = None
    set_name: str | None = Field(default=None, validation_alias=AliasChoices("set_name", "set"))
    must_include: tuple[str, ...] = ()
    source_files: tuple[str, ...] = ()
    evidence: tuple[EvidenceText, ...] = ()
    need_all: bool = False
    answers: tuple[str, ...] = ()
    gold: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("gold", "doc_ids"))
    quotes: tuple[QuotedText, ...] = ()
    also: tuple[QuotedText, ...] = ()
    near: tuple[str, ...] = ()
    statements: tuple[LabelledStatement, ...] = ()
    attack: str | None = None
    instruction: str | None = None
    must_not_include: tuple[str, ...] = ()
    history: tuple[Annotated[_Turn, BeforeValidator(_as_turn)], ...] = ()

    def as_question(self, *, with_history: bool = True) -> Question:
        """Give the question as the assistant is asked it."""
        turns = tuple(Turn(role=t.role, text=t.text) for t in self.history) if with_history else ()
        return Question(text=self.question, history=turns)

    @property
    def wanted(self) -> frozenset[str]:
        """Names of the documents that answer: file names or document ids."""
        return frozenset((*self.source_files, *self.gold))

    def is_right(self, text: str) -> bool:
        """Whether the words of an answer hold what a right answer holds."""
        if self.must_include:
            return all(re.search(p, text, re.IGNORECASE) for p in self.must_include)
        plain = _plain(text)
        return any(_plain(answer) in plain for answer in self.answers)

    @property
    def is_checkable(self) -> bool:
        """Whether the set says what a right answer holds."""
        short = any(len(answer) <= _LONGEST_VALUE for answer in self.answers)
        return bool(self.must_include or self.quotes) or (short and bool(self.gold))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it is reported in: its type, its language and its set."""
        return tuple(dict.fromkeys(filter(None, (self.type, self.lang, self.set_name))))


def names_of(info: DocumentInfo) -> frozenset[str]:
    """Give the names under which a case may want a document."""
    return frozenset((info.document_id, PurePosixPath(info.source).name))


def read_sets(paths: Sequence[Path]) -> Sequence[Case]:
    """Read question files; of several, each is a set by its file name unless its lines name one.

    Raises:
        ConfigError: a file cannot be read, or a line is not of this form.
    """
    if len(paths) == 1:
        return read_cases(paths[0])
    names = [path.name for path in paths]
    cases: list[Case] = []
    for path in paths:
        name = path.name if names.count(path.name) == 1 else str(path)
        cases += [
            case if case.set_name else case.model_copy(update={"set_name": name})
            for case in read_cases(path)
        ]
    return cases


def read_cases(path: Path) -> Sequence[Case]:
    """Read a question file, one JSON object a line.

    Raises:
        ConfigError: the file cannot be read, or a line is not of this form.
    """
    try:
        # not splitlines: it also cuts at signs that JSON strings hold as they are (U+2028)
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text: {error}") from error
    cases: list[Case] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            first = str(error).splitlines()[0]
            raise ConfigError(
                f"{path}, line {number}: no question with its answer: {first}"
            ) from error
    if not cases:
        raise ConfigError(f"{path} holds no question")
    return cases


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
