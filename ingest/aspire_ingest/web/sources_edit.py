"""Adding a source to a sources file: its text stays, the new entry comes after the last one."""

import os
import tempfile
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.sources import SourceEntry, SourcesFile
from aspire_ingest.web.sources_file import parse_sources

_ENTRY: TypeAdapter[SourceEntry] = TypeAdapter(SourceEntry)


def read_entry(**fields: object) -> SourceEntry:
    """Check a source that somebody describes; what is None or empty is as it is by default.

    Raises:
        ConfigError: it cannot be one; the message says why.
    """
    given = {name: value for name, value in fields.items() if value}
    try:
        return _ENTRY.validate_python(given)
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'][1:])}: "
            f"{one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        )
        raise ConfigError(f"This cannot be a source: {said}") from error


def with_source(text: str, name: str, entry: SourceEntry) -> tuple[str, SourcesFile]:
    """Give the text of a sources file with one source more, and what it says then.

    Args:
        text: the file as it is.
        name: how errors name it.
        entry: the new source.

    Raises:
        ConfigError: the file cannot be used, has a source of this name, or is not written so that
            an entry can be added to it.
    """
    before = parse_sources(text, name)
    if any(source.name == entry.name for source in before.sources):
        raise ConfigError(f"There is a source called {entry.name!r} already; choose another name")
    own = entry.model_dump(mode="json", exclude_unset=True)
    found = _appended(text, own)
    if found is not None:
        try:
            after = parse_sources(found, name)
        except ConfigError:
            after = None
        if after is not None and after.sources == (*before.sources, entry):
            return found, after
    raise ConfigError(
        f"{name} is not written so that a source can be added to it by program; add this to its "
        f"`sources` by hand:\n{_block(own, 2)}"
    )


def write_sources(path: Path, text: str) -> None:
    """Put a text in the place of a sources file, in one step.

    Raises:
        ConfigError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode if path.exists() else 0o644
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".sources-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(mode & 0o777)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"The sources file {path} cannot be written: {error.strerror}") from error


def _appended(text: str, entry: dict[str, object]) -> str | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = _listed(root)
    if listed is None or listed.flow_style or not listed.value:
        return None
    # The end of the last entry's last word: what a block "ends" with may be a comment after it.
    last = _last_line(listed.value[-1])
    lines = text.splitlines()
    head, tail = lines[: last + 1], lines[last + 1 :]
    return "\n".join([*head, "", _block(entry, listed.start_mark.column).rstrip(), *tail]) + "\n"


def _listed(root: yaml.Node | None) -> yaml.SequenceNode | None:
    if not isinstance(root, yaml.MappingNode):
        return None
    found = (value for key, value in root.value if key.value == "sources")
    node = next(found, None)
    return node if isinstance(node, yaml.SequenceNode) else None


def _last_line(node: yaml.Node) -> int:
    """The line on which a node's last word ends, from 0."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    mark = node.end_mark
    return mark.line if mark.column else max(mark.line - 1, node.start_mark.line)


def _block(entry: dict[str, object], column: int) -> str:
    dumped = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
    return "\n".join(" " * column + line for line in dumped.splitlines())
