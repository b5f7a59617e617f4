"""YAML front matter, and the same keys in a bulk line, read into `Stated`."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

import yaml

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Stated
from aspire_ingest.load.stated.keys import (
    ABSENT,
    DATE_KEYS,
    FIELD_KEYS,
    ID_KEY,
    KNOWN_KEYS,
    SECRET_AUDIENCES,
    check_stated,
    nearest,
)
from aspire_ingest.load.writing.clean import scrub

MAX_FRONT_MATTER_CHARACTERS = 65_536
MAX_DEPTH = 20
_FENCE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_LINES_AFTER = re.compile(r"\A(?:[ \t]*\n)+")
_OPENED = re.compile(r"\A(?:[ \t]*\n)*---[ \t]*\n(?P<lines>(?:[^\n]{1,500}\n?){1,40})")
_KEY_LINE = re.compile(r"^(?P<key>[^\W\d][\w -]{0,30}?)[ \t]*[:：=]", re.MULTILINE)
_HEAD_LINES, _LONGEST_HEAD_LINE = 40, 200
_PROSE = re.compile(r"^(?!#)(?:\W*\w+\W+){6}|[ぁ-ん][^\n]{10,}[。]|[ぁ-ん一-鿿]{20}")
"""A line that goes on as a sentence does: what stands below is no head of a file."""
_AUDIENCE_LINE = re.compile(
    r"[\s{<!\[/#*>-]*[\"'“”‘’`]?audience[\"'“”‘’`]?\s*[:：=]\s*[\"'“”‘’`\[]*(?P<value>\w{1,30})"
    r"[\s}\],>\"'“”‘’`*/-]*",
    re.IGNORECASE,
)
_MAX_ID_CHARACTERS = 500
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_REMARKS = re.compile(r"(?:\s+(?:[(（][^()（）]*[)）]|[\[［<][^\[\]［］<>]*[\]］>]))+\Z")
"""Remarks in brackets that close the value; brackets without a space before them are its own."""
_DOUBTFUL_SPACE = re.compile(r"\s+(?:[;；,、|–—-]|https?://)|[;；,、]\s", re.IGNORECASE)
"""Spaces after which a remark or a second address may begin as well as more of the first."""
_LONGEST_SPACED_URL = 2_000
_FILE_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n]+")
_URL_SAFE = "%/:=&?~#+!$,;'@()*[]"


def split_front_matter(text: str, name: str) -> tuple[Mapping[str, object], str]:
    """Split scrubbed text into its front matter and its body, the body to the letter.

    Blank lines between the two belong to neither. A leading `---` that is not closed, or does not
    hold keys, is a rule of the text: everything is body.

    Raises:
        LoadError: the front matter is no YAML, nests too deep or is too long, or a key or value is
            a slip of one that is known.
    """
    match = _FENCE.match(text)
    if match is None:
        _refuse_open_fence(text, name)
        _refuse_audience_in_text(text, name)
        return {}, text
    if len(match["yaml"]) > MAX_FRONT_MATTER_CHARACTERS:
        raise LoadError(name, "front matter is over 65,536 characters; move it into the text")
    value, lines = _read_yaml(match["yaml"], name)
    if not isinstance(value, dict):
        if value is None and not match["yaml"].strip():
            return {}, _LINES_AFTER.sub("", text[match.end() :])
        _refuse_keys_without_space(match["yaml"], name)
        _refuse_audience_in_text(text, name)
        return {}, text
    # BaseLoader gives str, list and dict only; a key may still be a list
    pairs: dict[object, object] = value  # pyright: ignore[reportUnknownVariableType]
    stated = {key: item for key, item in pairs.items() if isinstance(key, str)}
    check_stated(stated, name, lines)
    body = _LINES_AFTER.sub("", text[match.end() :])
    _refuse_audience_in_text(body, name)
    return stated, body


def _refuse_audience_in_text(text: str, name: str) -> None:
    """An audience at the head of a text, in what only looks like front matter, would not count.

    Such are TOML, JSON, comments, keys without `---` around them, and dashes of other kinds.
    """
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if _PROSE.search(line) and not _KEY_LINE.match(line.lstrip()):
            return
        found = _AUDIENCE_LINE.fullmatch(line) if len(line) <= _LONGEST_HEAD_LINE else None
        if found is not None and nearest(found["value"], SECRET_AUDIENCES):
            raise LoadError(
                name,
                f"{line.strip()!r} stands in the text and does not count; write `audience: "
                "staff` between two lines of `---` at the very beginning, or remove it",
            )


def _refuse_open_fence(text: str, name: str) -> None:
    """An audience in front matter that does not count would be quoted, and not be obeyed."""
    opened = _OPENED.match(text)
    if opened is None:
        return
    for key in _KEY_LINE.finditer(opened["lines"]):
        if nearest(key["key"], KNOWN_KEYS) == "audience":
            raise LoadError(
                name,
                f"front matter with `{key['key']}` is not closed, or not at the very beginning; "
                "write `---` on the first line and on a line after the last key",
            )


def _refuse_keys_without_space(source: str, name: str) -> None:
    for key in _KEY_LINE.finditer(source):
        if nearest(key["key"], KNOWN_KEYS):
            line = source.count("\n", 0, key.start()) + 2
            raise LoadError(
                name,
                f"front matter is not valid YAML (line {line}); write `{key['key']}: value`, with "
                "a colon and a space",
            )


def _read_yaml(source: str, name: str) -> tuple[object, dict[str, int]]:
    """Read YAML as plain strings, lists and mappings, no types, no aliases; the lines of keys."""
    try:
        _check_events(source, name)
        loader = yaml.BaseLoader(source)
        node = loader.get_single_node()
        if node is None:
            return None, {}
        value: object = loader.construct_document(node)  # pyright: ignore[reportUnknownMemberType]  no stub says what it gives
        return value, _lines_of(node, name)
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


def _lines_of(node: yaml.Node, name: str) -> dict[str, int]:
    """The line of each key in its file.

    Raises:
        LoadError: a key that is known stands twice: which of the two is meant?
    """
    lines: dict[str, int] = {}
    if not isinstance(node, yaml.MappingNode):
        return lines
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            line = key.start_mark.line + 2
            if key.value in KNOWN_KEYS and key.value in lines:
                raise LoadError(name, f"`{key.value}` stands twice (line {line}); keep one")
            lines[key.value] = line
    return lines


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
        if key not in FIELD_KEYS and key not in DATE_KEYS and value is not None
    }
    extra.pop(ID_KEY, None)
    fields = {key: _single(values, key, name) for key in KNOWN_KEYS}
    url = fields["url"]
    clean_url, own = _read_url(url, name)
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


def _read_url(value: str | None, name: str) -> tuple[str | None, bool]:
    """The address in a value, and whether it is all of the value.

    Spaces and other letters that no address has are percent-encoded: a part of an address leads
    elsewhere. A remark in brackets at the end is none of it.

    Raises:
        LoadError: nobody can tell where the address ends, or there is a space in its host.
    """
    match = None if value is None else _URL.match(value)
    if value is None or match is None:
        return None, False
    if match.end() == len(value):
        return match[0], True
    if len(value) > _LONGEST_SPACED_URL:
        raise LoadError(name, "`url` has spaces or odd characters and is too long to be read")
    remark = _REMARKS.search(value)
    whole = value[: remark.start()] if remark else value
    if (
        not urlsplit(match[0]).path
        and value[match.end() : match.end() + 1].isspace()
        and (len(match[0]) < len(whole))
    ):
        raise LoadError(name, f"`url` is {value!r}, with a space in it; write the address whole")
    doubtful = _DOUBTFUL_SPACE.search(whole)
    if doubtful and (whole[doubtful.end() - 1] == "/" or not _ends_as_file(whole)):
        raise LoadError(
            name,
            f"`url` is {value!r}: where does the address end? Write one address and nothing else, "
            "each space in it as %20",
        )
    return _encoded(whole), remark is None


def _ends_as_file(address: str) -> bool:
    return _FILE_ENDING.fullmatch(PurePosixPath(urlsplit(address).path).suffix) is not None


def _encoded(address: str) -> str:
    return "".join(
        letter if not letter.isascii() and not letter.isspace() else quote(letter, safe=_URL_SAFE)
        for letter in address
    )


def _single(values: Mapping[str, object], key: str, name: str) -> str | None:
    value = values.get(key)
    if isinstance(value, list | dict):
        raise LoadError(name, f"`{key}` must be one value, not a list or a mapping")
    text = "" if value is None else _as_text(value)
    # an ideographic space may be part of an address
    text = _SPACES.sub(" ", text).strip() if key == "url" else " ".join(text.split())
    return None if text.lower() in _absent(key) else text


def _absent(key: str) -> frozenset[str]:
    """Values that say that there is none; an audience of `none` is nobody, and not all."""
    return frozenset({""}) if key == "audience" else ABSENT


def _as_text(value: object) -> str:
    """Text of any value; what is not text is written as JSON."""
    return scrub(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
