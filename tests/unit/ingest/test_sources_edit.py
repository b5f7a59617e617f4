"""A source is added to a sources file as people write them, and to no other."""

from pathlib import Path

import pytest

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.sources_edit import read_entry, with_source, write_sources
from aspire_ingest.web.sources_file import parse_sources, shipped_path

ENTRY = read_entry(name="new", type="pages", pages=["https://a.example/ä: #x"], kind="news")
FILES = {
    "two": "sources:\n  - name: a\n    type: feed\n    feed: https://a.example/f\n"
    "  - name: b\n    type: pages\n    pages: [https://a.example/x]  # the end\n",
    "no indent": "version: 1\nsources:\n- name: a\n  type: site\n  start:\n  - https://a.example/\n"
    "# a comment after it\n",
    "keys after": "sources:\n    - name: a\n      type: feed\n      feed: https://a.example/f\n"
    "      limits: {pages: 3,\n        delay_s: 1}\n\nalerts:\n  failures: 3\n",
    "folded": "sources:\n  - name: a\n    type: feed\n    feed: https://a.example/f\n"
    "    publisher: >\n      The Agency\n      of Science\n",
    "no end": "sources:\n  - name: a\n    type: folder\n    folder: /docs",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_new_source_comes_last_and_the_text_stays(text: str) -> None:
    found, file = with_source(text, "sources.yaml", ENTRY)
    assert file.sources == (*parse_sources(text, "x").sources, ENTRY)
    assert parse_sources(found, "x") == file
    lines = iter(found.splitlines())
    assert all(line in lines for line in text.splitlines())  # in their order, each to the letter
    with pytest.raises(ConfigError, match="already"):
        with_source(found, "sources.yaml", ENTRY)


def test_to_the_shipped_file_too() -> None:
    found, file = with_source(shipped_path().read_text(encoding="utf-8"), "aspire.yaml", ENTRY)
    assert file.sources[-1] == ENTRY
    assert "# Where ASPIRE speaks" in found


@pytest.mark.parametrize(
    "text",
    [
        "sources: [{name: a, type: feed, feed: https://a.example/f}]\n",
        "sources: &all\n  - &one {name: a, type: feed, feed: https://a.example/f}\n...\n---\n",
    ],
)
def test_what_is_written_otherwise_is_left_to_people(text: str) -> None:
    with pytest.raises(ConfigError, match=r"by hand|no YAML"):
        with_source(text, "sources.yaml", ENTRY)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "A", "type": "feed", "feed": "https://a.example"},
        {"name": "a", "type": "ftp", "start": "https://a.example"},
        {"name": "a", "type": "site", "start": "file:///etc/passwd"},
        {"name": "a", "type": "site", "start": "https://a.example", "audience": "all"},
    ],
)
def test_what_is_no_source_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="cannot be a source"):
        read_entry(**fields)


def test_a_file_is_written_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "home" / "sources.yaml"
    write_sources(file, "sources: []\n")
    file.chmod(0o600)
    write_sources(file, "version: 1\n")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("version: 1\n", 0o600)
    assert list(file.parent.iterdir()) == [file]
    with pytest.raises(ConfigError, match="cannot be written"):
        write_sources(file / "below", "")
