"""What a language model is told, out of Markdown files: `prompts/USE.LANGUAGE.md`.

A file is the system's message and, after a line `---`, the user's. `{{names}}` are filled in.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aspire_bot.answering.chat import ChatMessage
from aspire_bot.answering.types import ScoredPassage, Turn
from aspire_bot.answering.writing.prompt_passages import (
    numbered_passages,
    said_before,
    without_numbers,
)
from aspire_ingest.index.errors import ConfigError

NO_ANSWER = "[[NONE]]"
"""What a model writes when the passages do not answer."""
CLARIFY = "CLARIFY:"
"""What it begins with when it asks back."""
YES, NO = "YES", "NO"
"""What it writes when it judges whether quotes support a statement."""
LANGUAGES = ("en", "ja")

_NO_WORDS: Mapping[str, str] = {}
_SHIPPED = Path(__file__).parent / "prompts"
_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)
_USES: Mapping[str, frozenset[str]] = {
    "answer": frozenset(("passages", "history", "question", "fence", "none")),
    "rewrite": frozenset(("history", "question", "fence", "clarify")),
    "judge": frozenset(("quotes", "statement", "fence", "yes", "no")),
}
"""By use, the placeholders that a file must have."""
_MAY: Mapping[str, frozenset[str]] = {"answer": frozenset(("clarify",))}
"""By use, those that it may have besides; it may have no others."""

Messages = tuple[ChatMessage, ...]
FenceMaker = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One file; `hash` is the beginning of the SHA-256 of its text."""

    system: str
    user: str
    hash: str

    def fill(self, values: Mapping[str, str], fence: str) -> Messages:
        """Put values in the place of the names; what stands in a value stays as it is."""

        def value(match: re.Match[str]) -> str:
            return fence if match[1] == "fence" else values[match[1]]

        system, user = (_PLACEHOLDER.sub(value, text) for text in (self.system, self.user))
        return (ChatMessage(role="system", text=system), ChatMessage(role="user", text=user))


def _random_fence() -> str:
    return f"#### {secrets.token_hex(8)} ####"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """All prompts, checked; `fence` makes the line around data, another one for each call."""

    templates: Mapping[tuple[str, str], Template]
    fence: FenceMaker = _random_fence

    def answer_messages(
        self,
        question: str,
        history: Sequence[Turn],
        passages: Sequence[ScoredPassage],
        language: str,
        before: Mapping[str, str] = _NO_WORDS,
    ) -> tuple[Messages, str]:
        """Ask for an answer in `language` from passages, numbered as they come; also the hash.

        `before` are sentences that passages lean on, by passage id.
        """
        values = {
            "passages": numbered_passages(passages, language, before),
            "history": said_before(history),
            "question": without_numbers(question),
            "none": NO_ANSWER,
            "clarify": CLARIFY,
        }
        return self._filled("answer", language, values)

    def rewrite_messages(
        self, question: str, history: Sequence[Turn], language: str
    ) -> tuple[Messages, str]:
        """Ask for a question that stands by itself; also the hash of the prompt."""
        values = {
            "history": said_before(history),
            "question": without_numbers(question),
            "clarify": CLARIFY,
        }
        return self._filled("rewrite", language, values)

    def judge_messages(
        self, statement: str, quotes: Sequence[str], language: str
    ) -> tuple[Messages, str]:
        """Ask whether quotes support a statement; also the hash of the prompt."""
        values = {
            "quotes": "\n\n".join(map(without_numbers, quotes)),
            "statement": without_numbers(statement),
            "yes": YES,
            "no": NO,
        }
        return self._filled("judge", language, values)

    def _filled(self, use: str, language: str, values: Mapping[str, str]) -> tuple[Messages, str]:
        template = self.templates[use, "ja" if language == "ja" else "en"]
        fence = self.fence()
        while any(fence in value for value in values.values()):
            fence = self.fence()
        return template.fill(values, fence), template.hash


def load_prompts(folder: Path | None = None) -> Prompts:
    """Read the shipped prompts; of `folder`, files of the same names stand in for them.

    Raises:
        ConfigError: a file is not as it must be; the message says how.
    """
    names = {f"{use}.{language}.md": (use, language) for use in _USES for language in LANGUAGES}
    own = _own_files(folder, names)
    return Prompts(
        templates={
            key: _read(own.get(name, _SHIPPED / name), key[0]) for name, key in names.items()
        }
    )


def _own_files(folder: Path | None, names: Mapping[str, object]) -> dict[str, Path]:
    if folder is None:
        return {}
    if not folder.is_dir():
        raise ConfigError(f"ASPIRE_PROMPTS_DIR={folder} is no folder")
    own = {path.name: path for path in sorted(folder.glob("*.md"))}
    unknown = ", ".join(sorted(set(own) - set(names)))
    if unknown:
        raise ConfigError(
            f"ASPIRE_PROMPTS_DIR={folder}: no prompt is called {unknown}; there are "
            f"{', '.join(names)}"
        )
    return own


def _read(path: Path, use: str) -> Template:
    expected, allowed = _USES[use], _USES[use] | _MAY.get(use, frozenset())
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The prompt {path} cannot be read: {error}") from error
    found = frozenset(_PLACEHOLDER.findall(text))
    parts = _SEPARATOR.split(text)
    problems = [
        *(f"{{{{{name}}}}} is missing" for name in sorted(expected - found)),
        *(f"{{{{{name}}}}} is unknown" for name in sorted(found - allowed)),
    ]
    if len(parts) != 2 or not all(map(str.strip, parts)):
        problems.append("one line `---` must part the system's message from the user's")
    if problems:
        raise ConfigError(f"The prompt {path} cannot be used: {'; '.join(problems)}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Template(system=parts[0].strip(), user=parts[1].strip(), hash=digest[:12])
