"""Reading a sources file: one clear error for each mistake, with its line."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.sources import Feed, Folder, Pages, Site, Sitemap, SourceEntry, SourcesFile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SHIPPED = "aspire.yaml"
_TYPES = {"site": Site, "sitemap": Sitemap, "feed": Feed, "pages": Pages, "folder": Folder}
_MOST_SHOWN = 20


def shipped_path() -> Path:
    """The sources file that comes with the program."""
    return Path(str(files("aspire_ingest.web").joinpath(SHIPPED)))


def read_sources(path: Path) -> SourcesFile:
    """Read and check a sources file; folders in it become absolute.

    Raises:
        ConfigError: it cannot be read, or holds mistakes; each is named with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(f"The sources file {path} cannot be read: {reason}") from error
    sources_file = parse_sources(text, str(path))
    return sources_file.model_copy(
        update={"sources": tuple(_at_home(source, path.parent) for source in sources_file.sources)}
    )


def parse_sources(text: str, name: str) -> SourcesFile:
    """Check the text of a sources file.

    Raises:
        ConfigError: it holds mistakes; each is named with its line.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        value: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{mark.line + 1}: " if mark is not None else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ConfigError(f"{name}:{line}is no YAML: {problem}") from error
    if root is None:
        raise ConfigError(f"{name}: holds no sources")
    mistakes = [*_repeated(root)]
    try:
        sources_file = SourcesFile.model_validate(value)
    except ValidationError as error:
        mistakes += [_mistake(root, details) for details in _causes(error.errors())]
    else:
        mistakes += _same_names(root, sources_file.sources)
        if not mistakes:
            return sources_file
    mistake_lines = [f"{name}:{line}: {text}" for line, text in sorted(set(mistakes))[:_MOST_SHOWN]]
    raise ConfigError("\n".join(["The sources file cannot be used:", *mistake_lines]))


def _at_home(source: SourceEntry, home: Path) -> SourceEntry:
    if not isinstance(source, Folder):
        return source
    folder = home.absolute() / Path(source.folder).expanduser()
    return source.model_copy(update={"folder": str(folder)})


def _causes(errors: Sequence["ErrorDetails"]) -> Iterator["ErrorDetails"]:
    """Errors less those that only follow from another: one mistake, one line."""
    misspelt_places = {
        (*error["loc"][:-1], near)
        for error in errors
        if error["type"] == "extra_forbidden" and (near := _nearest_field(error))
    }
    for error in errors:
        place = error["loc"]
        has_inner = any(
            len(o["loc"]) > len(place) and o["loc"][: len(place)] == place for o in errors
        )
        is_misspelt = error["type"] == "missing" and place in misspelt_places
        if not (error["type"] == "too_short" and has_inner) and not is_misspelt:
            yield error


def _mistake(root: yaml.Node, details: "ErrorDetails") -> tuple[int, str]:
    # the name of the type stands in the path of a source's errors, and nowhere in the file
    place = [part for part in details["loc"] if part not in _TYPES or details["loc"][-1] == part]
    if len(details["loc"]) > 2 and details["loc"][2] in _TYPES:
        place = [*details["loc"][:2], *details["loc"][3:]]
    message = details["msg"].removeprefix("Value error, ")
    if details["type"] == "extra_forbidden":
        near = _nearest_field(details)
        message = "is not known here" + (f"; is `{near}` meant?" if near else "")
    elif details["type"] == "missing":
        message = "is missing"
    elif details["type"].startswith("union_tag"):
        place = [*place, "type"]
        message = f"must be one of {', '.join(_TYPES)}"
    return _line(root, place), f"{_spelt(place)}: {message}"


def _nearest_field(details: "ErrorDetails") -> str | None:
    field_names: set[str] = set()
    for model in (SourcesFile, *_TYPES.values()):
        field_names |= set(model.model_fields)
    near = get_close_matches(str(details["loc"][-1]), field_names, n=1)
    return near[0] if near else None


def _spelt(place: Sequence[int | str]) -> str:
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


def _line(root: yaml.Node, place: Sequence[int | str]) -> int:
    """The line of a key where it stands; of what it is missing from, where it does not."""
    node, line = root, root.start_mark.line
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == str(part)]
            if not pairs:
                break
            line, node = pairs[0][0].start_mark.line, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line + 1


def _repeated(root: yaml.Node) -> Iterator[tuple[int, str]]:
    """Keys that stand twice: YAML would let the last one win without a word."""
    if isinstance(root, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in root.value:
            if key.value in keys:
                yield key.start_mark.line + 1, f"{key.value}: stands here a second time"
            keys.add(key.value)
            yield from _repeated(value)
    elif isinstance(root, yaml.SequenceNode):
        for value in root.value:
            yield from _repeated(value)


def _same_names(root: yaml.Node, sources: Sequence[SourceEntry]) -> Iterator[tuple[int, str]]:
    names: set[str] = set()
    for number, source in enumerate(sources):
        if source.name in names:
            line = _line(root, ["sources", number, "name"])
            yield line, f"sources[{number}].name: another source is called {source.name!r} too"
        names.add(source.name)
