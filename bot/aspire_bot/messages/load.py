"""Reads the files of phrases and checks each against its table's fields and against English."""

import string
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar, cast, get_type_hints

from aspire_bot.messages.answer_phrases import AnswerPhrases, ConversationPhrases
from aspire_bot.messages.console_phrases import ConsolePhrases
from aspire_bot.messages.office_phrases import OfficeWorkPhrases
from aspire_bot.messages.slack_phrases import SlackPhrases
from aspire_bot.messages.staff_phrases import ApprovalPhrases, CuratingPhrases
from aspire_ingest.index.errors import ConfigError

FALLBACK = "en"
"""The language that every phrase is in, and that the other files are compared with."""
_SHAPES = {
    str(str): "one phrase in quotes",
    str(tuple[str, ...]): "a list of phrases",
    str(Mapping[str, str]): "a table of phrases",
}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All phrases of one language, by surface."""

    answer: AnswerPhrases
    conversation: ConversationPhrases
    slack: SlackPhrases
    curating: CuratingPhrases
    approval: ApprovalPhrases
    office_work: OfficeWorkPhrases
    console: ConsolePhrases


def load_phrases(folder: Traversable) -> Mapping[str, Phrases]:
    """Read every `LANGUAGE.toml` of a folder; English comes first, then by name.

    Raises:
        ConfigError: a file cannot be read, lacks a key, has one too many, or fills in other values
            than English does; the message names the file and the key.
    """
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    english = f"{FALLBACK}.toml"
    if english not in names:
        raise ConfigError(f"phrases: {folder} has no {english}; put it there")
    pattern = dict(_leaves(_read(folder, english)))
    known: dict[str, Phrases] = {}
    for name in (english, *(name for name in names if name != english)):
        table = _read(folder, name)
        _compare(dict(_leaves(table)), pattern, name)
        language = name.removesuffix(".toml")
        known[language] = _build(Phrases, table, "", name)
        if known[language].slack.language != language:
            raise ConfigError(f'phrases: {name}: slack.language must be "{language}"')
    return MappingProxyType(known)


def _read(folder: Traversable, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(folder.joinpath(name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"phrases: {name} cannot be read: {error}") from error


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Give what is no table and no list, by its place: `slack.home.can_list[1]`, from 1."""
    if isinstance(value, Mapping):
        for key, inner in cast("Mapping[str, object]", value).items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(cast("list[object]", value), start=1):
            yield from _leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


def _compare(leaves: Mapping[str, object], pattern: Mapping[str, object], name: str) -> None:
    """Check that a file says what English says, with the same values filled in."""
    _check_keys(leaves.keys(), pattern.keys(), "", name)
    for path, value in leaves.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"phrases: {name}: {path} is no text; write one in quotes")
        wanted = _placeholders(str(pattern[path]), path, f"{FALLBACK}.toml")
        if _placeholders(value, path, name) != wanted:
            raise ConfigError(
                f"phrases: {name}: {path} must fill in just what {FALLBACK}.toml does: "
                + (" ".join(f"{{{field}}}" for field in wanted) or "nothing")
            )


def _placeholders(text: str, path: str, name: str) -> list[str]:
    try:
        return sorted(
            field for _, field, _, _ in string.Formatter().parse(text) if field is not None
        )
    except ValueError as error:
        raise ConfigError(f"phrases: {name}: {path}: {error}") from error


def _build(kind: type[_T], table: object, path: str, name: str) -> _T:
    """Make a table's dataclass, and those of the tables in it."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"phrases: {name}: {path} must be a table")
    given, hints = cast("Mapping[str, object]", table), get_type_hints(kind)
    wanted = [field.name for field in fields(cast("Any", kind))]
    _check_keys(given.keys(), wanted, f"{path}." if path else "", name)
    inner = {key: f"{path}.{key}" if path else key for key in wanted}
    return kind(**{key: _value(hints[key], given[key], inner[key], name) for key in wanted})


def _value(kind: object, value: object, path: str, name: str) -> object:
    """Give a phrase, list, mapping or table as its field's type has it."""
    shape = str(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _build(kind, value, path, name)
    if kind is str and isinstance(value, str):
        return value
    if kind == tuple[str, ...] and isinstance(value, list):
        return tuple(cast("list[str]", value))
    if kind == Mapping[str, str] and isinstance(value, dict):
        return MappingProxyType(cast("dict[str, str]", value))
    raise ConfigError(f"phrases: {name}: {path} must be {_SHAPES[shape]}")


def _check_keys(given: Collection[str], wanted: Collection[str], path: str, name: str) -> None:
    missing = [path + key for key in wanted if key not in given]
    unknown = [path + key for key in given if key not in wanted]
    wrong = [f"lacks {', '.join(missing)}"] if missing else []
    wrong += [f"has {', '.join(unknown)}, which nothing uses"] if unknown else []
    if wrong:
        raise ConfigError(f"phrases: {name} {' and '.join(wrong)}")
