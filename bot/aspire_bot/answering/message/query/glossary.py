"""Words that mean the same: abbreviations, synonyms and translations that staff can edit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import RootModel, ValidationError

from aspire_ingest.index import ConfigError

Analyse = Callable[[str, str], list[str]]
"""Text and language to terms, as the index analyses them."""

# libyaml's reader takes 7 ms for the shipped file, the one in Python 95 ms; not every build has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Entries(RootModel[list[dict[str, list[str]]]]):
    """The form of the file: a list of entries, each names by language."""


Name = frozenset[str]
"""The analysed terms of a name; their order is not kept, since analysis promises none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One entry of the glossary: its names by language."""

    names: Mapping[str, tuple[Name, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A concept found among terms, by the name that found it."""

    name: Name
    concept: Concept


class Glossary:
    """Finds the concepts that a question names."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        """Index the names by each of their terms."""
        self._by_name: dict[Name, list[Concept]] = {}
        self._by_term: dict[str, set[Name]] = {}
        for concept in concepts:
            for name in {n for names in concept.names.values() for n in names}:
                self._by_name.setdefault(name, []).append(concept)
                for term in name:
                    self._by_term.setdefault(term, set()).add(name)

    def find(self, terms: Iterable[str]) -> list[Match]:
        """Give the concepts named in `terms`; a longer name takes its words from a shorter one."""
        present = set(terms)
        named = {n for term in present for n in self._by_term.get(term, ()) if n <= present}
        found: list[Match] = []
        taken: set[str] = set()
        for name in sorted(named, key=lambda n: (-len(n), sorted(n))):
            if not name & taken:
                found.append(Match(name=name, concept=_merged(self._by_name[name])))
                taken |= name
        return found


def load_glossary(path: Path | None, analyse: Analyse) -> Glossary:
    """Read the staff's glossary, or the one that is shipped where `path` is None or absent.

    Raises:
        ConfigError: the file is not a list of entries with names by language.
    """
    own = path if path is not None and path.exists() else None
    source = own or resources.files("aspire_bot.answering.message.query") / "glossary.yaml"
    try:
        return _read(source.read_text(encoding="utf-8"), analyse)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        message = (
            f"{source} cannot be read: each entry must look like "
            f"`- {{en: [PD, Program Director], ja: [運営統括]}}`"
        )
        raise ConfigError(message) from error


@lru_cache(maxsize=2)
def _read(text: str, analyse: Analyse) -> Glossary:
    """Make a glossary, which nobody changes: several parts of a program ask for the same one."""
    entries = _Entries.model_validate(yaml.load(text, _Loader) or []).root  # noqa: S506  safe ones
    return Glossary([_concept(entry, analyse) for entry in entries])


def _concept(entry: Mapping[str, Sequence[str]], analyse: Analyse) -> Concept:
    names = {
        language: tuple(
            dict.fromkeys(terms for name in names if (terms := frozenset(analyse(name, language))))
        )
        for language, names in entry.items()
    }
    return Concept(names=names)


def _merged(concepts: Sequence[Concept]) -> Concept:
    """One concept out of all that share a name: a Japanese word often has several meanings."""
    if len(concepts) == 1:
        return concepts[0]
    languages = dict.fromkeys(language for concept in concepts for language in concept.names)
    return Concept(
        names={
            language: tuple(
                dict.fromkeys(n for concept in concepts for n in concept.names.get(language, ()))
            )
            for language in languages
        }
    )
