"""YAML front matter, and the same keys in a bulk line, read into `Stated`."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from aspire_ingest.clean import scrub
from aspire_ingest.errors import LoadError
from aspire_ingest.load.parsed import Stated

MAX_FRONT_MATTER_CHARACTERS = 65_536
MAX_DEPTH = 20
_FENCE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_LINES_AFTER = re.compile(r"\A(?:[ \t]*\n)+")
_ABSENT = frozenset({"", "~", "null", "none", "n/a"})
ID_KEY = "document_id"
"""States the id of a document that shall keep it wherever its file lies, whatever it links to."""
_FIELDS = ("title", "url", "publisher", "language", "kind", "edition", "supersedes", "audience")
_DATE_KEYS = ("date", "published")
_MAX_ID_CHARACTERS = 500
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def split_front_matter(text: str, name: str) -> tuple[Mapping[str, object], str]:
    """Split scrubbed text into its front matter and its body, the body to the letter.

    Blank lines between the two belong to neither. A leading `---` that is not closed, or does not
    hold keys, is a rule of the text: everything is body.

    Raises:
        LoadError: the front matter is no YAML, nests too deep, or is too long.
    """
    match = _FENCE.match(text)
    if match is None:
        return {}, text
    if len(match["yaml"]) > MAX_FRONT_MATTER_CHARACTERS:
        raise LoadError(name, "front matter is over 65,536 characters; move it into the text")
    value = _read_yaml(match["yaml"], name)
    if not isinstance(value, dict):
        if value is None and not match["yaml"].strip():
            return {}, _LINES_AFTER.sub("", text[match.end() :])
        return {}, text
    # BaseLoader gives str, list and dict only; a key may still be a list
    pairs: dict[object, object] = value  # pyright: ignore[reportUnknownVariableType]
    stated = {key: item for key, item in pairs.items() if isinstance(key, str)}
    return stated, _LINES_AFTER.sub("", text[match.end() :])


def _read_yaml(source: str, name: str) -> object:
    """Read YAML as plain strings, lists and mappings; no types, no aliases."""
    try:
        _check_events(source, name)
        return yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds strings only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problem = error.problem or "not valid"
        raise LoadError(
            name, f"front matter is not valid YAML (line {line}: {problem}); quote the value"
        ) from error
    except yaml.YAMLError as error:
        raise LoadError(name, "front matter is not valid YAML; remove odd characters") from error
    except RecursionError as error:
        raise LoadError(name, "front matter nests too deep; keep it flat") from error
    except ValueError as error:
        raise LoadError(name, f"front matter is not valid YAML ({error})") from error


def _check_events(source: str, name: str) -> None:
    """Refuse aliases (they multiply) and deep nesting (PyYAML's time grows with its square)."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.BaseLoader):
        if isinstance(event, yaml.AliasEvent):
            raise LoadError(name, "front matter uses YAML aliases (*name); write the values out")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise LoadError(name, "front matter nests too deep; keep it flat")


def read_stated(values: Mapping[str, object], name: str) -> Stated:
    """Read the keys of the contract; keep every other key, as text, in `extra`.

    Raises:
        LoadError: a key that needs one value holds a list or a mapping.
    """
    extra = {
        scrub(key): _as_text(value)
        for key, value in values.items()
        if key not in _FIELDS and key not in _DATE_KEYS and value is not None
    }
    extra.pop(ID_KEY, None)
    fields = {key: _single(values, key, name) for key in (ID_KEY, *_FIELDS, *_DATE_KEYS)}
    url = fields["url"]
    clean_url, own = _read_url(url)
    if url is not None and not own:
        extra["url"] = url  # the value as written; the id must not come from half of it
    return replace(
        Stated(extra=extra),
        document_id=_identity(fields[ID_KEY], name),
        title=fields["title"],
        url=clean_url if own else None,
        found_url=None if own else clean_url,
        publisher=fields["publisher"],
        published=fields["date"] or fields["published"],
        published_from="front matter",
        language=fields["language"],
        kind=fields["kind"],
        edition=fields["edition"],
        supersedes=fields["supersedes"],
        audience=fields["audience"],
    )


def _identity(value: str | None, name: str) -> str | None:
    if value is not None and len(value) > _MAX_ID_CHARACTERS:
        raise LoadError(name, f"`{ID_KEY}` must have at most {_MAX_ID_CHARACTERS} characters")
    return value


def _read_url(value: str | None) -> tuple[str | None, bool]:
    """The address in a value, and whether it is all of the value."""
    if value is None:
        return None, False
    match = _URL.match(value)
    return (match[0], match[0] == value) if match else (None, False)


def _single(values: Mapping[str, object], key: str, name: str) -> str | None:
    value = values.get(key)
    if isinstance(value, list | dict):
        raise LoadError(name, f"`{key}` must be one value, not a list or a mapping")
    text = "" if value is None else " ".join(_as_text(value).split())
    return None if text.lower() in _ABSENT else text


def _as_text(value: object) -> str:
    """Text of any value; what is not text is written as JSON."""
    return scrub(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
