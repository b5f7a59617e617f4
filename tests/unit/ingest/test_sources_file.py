"""A sources file: what it may say, and each mistake with its line."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index import ConfigError
from aspire_ingest.web.scope import Scope
from aspire_ingest.web.sources import Folder, Site, read_duration
from aspire_ingest.web.sources_file import parse_sources, read_sources, shipped_path

_GOOD = """
version: 1
alerts: {failures: 2, max_age: 3d}
sources:
  - name: site
    type: site
    start: https://example.org/news/index.html
    include: [/news/**, 're:/20[0-9][0-9]/']
    exclude: /news/old/**
    edition: [{match: 'fy(20[0-9][0-9])', edition: 'FY\\1'}, {match: '(v[0-9])', where: title}]
    limits: {pages: 10, delay_s: 0}
  - {name: rules, type: folder, folder: rules, audience: staff, kind: guideline}
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_sources(text, "s.yaml")
    return str(caught.value).splitlines()


def test_what_a_file_says_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(_GOOD, encoding="utf-8")
    site, folder = read_sources(path).sources
    assert isinstance(site, Site)
    assert isinstance(folder, Folder)
    assert site.start == ("https://example.org/news/index.html",)
    assert site.exclude == ("/news/old/**",)
    assert folder.folder == str(tmp_path / "rules"), "relative to the file"
    assert (folder.audience, folder.defaults().kind) == ("staff", "guideline")
    first, second = site.defaults().editions
    assert first.read(url="https://example.org/fy2026/a", title="") == "FY2026"
    assert first.read(url="https://example.org/a", title="fy2026") is None
    assert second.read(url=None, title="Rules, v3") == "v3"


def test_the_shipped_file_is_sound_and_public() -> None:
    file = read_sources(shipped_path())
    assert len(file.sources) >= 4
    assert {source.audience for source in file.sources} == {"public"}
    for source in file.sources:
        assert not isinstance(source, Folder)
        scope = Scope(source)
        assert all(scope.takes(seed) for seed in scope.seeds)
        assert all(seed.startswith("https://") for seed in scope.seeds)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("type: site", "type: sight", 6, "sources[0].type: must be one of site, sitemap, feed"),
        ("    start: https", "    strat: https", 7, "strat: is not known here; is `start` meant?"),
        ("pages: 10", "pages: 0", 11, "sources[0].limits.pages: Input should be greater than"),
        (
            "https://example.org/news/index.html",
            "example.org",
            7,
            "is no address; write it in full",
        ),
        ("/news/old/**", "news/old", 9, "'news/old' is no pattern"),
        ("'re:/20[0-9][0-9]/'", "'re:('", 8, "is no regular expression"),
        ("'fy(20[0-9][0-9])'", "'fy20'", 10, "the rule cannot be used: invalid group reference 1"),
        ("name: rules", "name: site", 12, "another source is called 'site' too"),
        ("name: rules", "name: The Rules", 12, "sources[1].name: "),
        ("max_age: 3d", "max_age: soon", 3, "'soon' is no time; write it as 30m, 6h or 7d"),
        ("kind: guideline", "kind: rule", 12, "sources[1].kind: Input should be 'news'"),
        ("version: 1", "version: 2", 2, "version: Input should be 1"),
        ("    limits:", "    name: again\n    limits:", 11, "name: stands here a second time"),
    ],
)
def test_each_mistake_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in _GOOD
    head, *found = mistakes(_GOOD.replace(old, new, 1))
    assert head == "The sources file cannot be used:"
    assert [one for one in found if one.startswith(f"s.yaml:{line}: ") and said in one], found
    assert len(found) == 1, found


def test_several_mistakes_are_all_named() -> None:
    found = mistakes(_GOOD.replace("pages: 10", "pages: 0").replace("kind: guideline", "kind: x"))
    assert [one.split(": ")[0] for one in found[1:]] == ["s.yaml:11", "s.yaml:12"]


@pytest.mark.parametrize("text", ["", "sources: [", "- a", "sources: []", "x", "sources: {a: b}"])
def test_what_is_no_sources_file_says_so(text: str) -> None:
    assert "s.yaml" in "\n".join(mistakes(text))


@given(st.text(alphabet="sources: []{}-\n'\"name type&*!", max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        parse_sources(text, "s.yaml")
    except ConfigError:
        return


def test_times_are_read() -> None:
    assert read_duration("90s") == timedelta(seconds=90)
    assert read_duration("1.5h") == timedelta(minutes=90)
    for wrong in ("", "6", "h", "-1h", "0m", "1 fortnight"):
        with pytest.raises(ValueError, match="is no time"):
            read_duration(wrong)
