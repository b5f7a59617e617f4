"""A language is a file: one that fits is taken, one that does not is told of by file and key."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from aspire_bot.messages import load_phrases
from aspire_ingest.index.errors import ConfigError

SHIPPED = files("aspire_bot.messages")
ENGLISH = SHIPPED.joinpath("en.toml").read_text("utf-8")
WELSH = ENGLISH.replace('language = "en"', 'language = "cy"', 1)


def _load(folder: Path, welsh: str, english: str = ENGLISH) -> str:
    """Load two languages; give what is wrong with them, nothing where they are taken."""
    (folder / "en.toml").write_text(english, "utf-8")
    (folder / "cy.toml").write_text(welsh, "utf-8")
    try:
        loaded = load_phrases(folder)
    except ConfigError as error:
        return str(error)
    assert list(loaded) == ["en", "cy"]
    return ""


def _without(key: str) -> str:
    return re.sub(rf"^{key} = .*\n", "", WELSH, count=1, flags=re.MULTILINE)


def test_a_further_file_is_a_further_language(tmp_path: Path) -> None:
    welsh = WELSH.replace('ask_again = "Ask again"', 'ask_again = "Gofyn eto"').replace(
        '"January"', '"Ionawr"'
    )
    assert _load(tmp_path, welsh) == ""
    loaded = load_phrases(tmp_path)
    assert loaded["cy"].slack.ask_again == "Gofyn eto"
    assert loaded["cy"].slack.dates.written("2025-01-09") == "9 Ionawr 2025"
    assert loaded["en"].slack.ask_again == "Ask again"


@pytest.mark.parametrize(
    ("welsh", "told"),
    [
        (_without("hedged"), "cy.toml lacks answer.hedged"),
        (_without("withdraw"), "cy.toml lacks approval.withdraw"),
        (_without("check"), "cy.toml lacks slack.steps.check"),
        (_without("months"), r"cy.toml lacks answer.dates.months\[1\], "),
        (WELSH.replace('"February", ', "", 1), r"cy.toml lacks slack.dates.months\[12\]"),
        (WELSH.replace("[slack.tour]", '[slack.tour]\nboat = "x"'), "cy.toml has slack.tour.boat"),
        (WELSH + '[nowhere]\ntitle = "x"\n', "cy.toml has nowhere.title"),
        (WELSH.replace("{documents} documents", "documents"), r"slack.home.count must .*\{day\}"),
        (WELSH.replace("Incident {}", "Incident"), r"slack.incident must fill in just .*: \{\}$"),
        (WELSH.replace("Helpful", "{name}", 1), "slack.good must fill in just .*: nothing$"),
        (WELSH.replace("Incident {}", "Incident {"), "cy.toml: slack.incident: "),
        (WELSH.replace('"Incident {}"', "7"), "cy.toml: slack.incident is no text"),
        (WELSH.replace('"Cancel"', '" "', 1), "cy.toml: slack.cancel is no text"),
        (
            WELSH.replace('"Cancel"', '["Cancel"]', 1),
            r"lacks slack.cancel and has slack.can",
        ),
        (WELSH.replace('"cy"', '"en"', 1), 'slack.language must be "cy"'),
        (WELSH.replace('"Cancel"', "Cancel", 1), "cy.toml cannot be read: .*line "),
        (WELSH + "[slack]\n", "cy.toml cannot be read: "),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path: Path, welsh: str, told: str) -> None:
    assert welsh != WELSH
    assert re.search(told, _load(tmp_path, welsh)), _load(tmp_path, welsh)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('ask_again = "Ask again"\n', "en.toml lacks slack.ask_again"),
        ("[curating.heads]", "curating.heads"),
        ("[slack.steps]", "slack.steps"),
    ],
)
def test_english_is_held_against_the_code(tmp_path: Path, wrong: str, told: str) -> None:
    """A key that both files lack is missed all the same."""
    found = _load(tmp_path, WELSH.replace(wrong, ""), ENGLISH.replace(wrong, ""))
    assert told in found
    assert found.startswith("phrases: en.toml")


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('ask_again = "Ask again"', 'ask_again = ["a"]', "slack.ask_again must be one phrase"),
        ('ask_again = "Ask again"', 'ask_again.a = "a"', "slack.ask_again must be one phrase"),
        ("can_list = [", "can_list = '' # [", "cannot be read"),
        ('cannot = "What I cannot do"', 'cannot = "x"\nless = "y"', "has slack.home.less"),
    ],
)
def test_the_shape_of_a_key_is_that_of_the_code(
    tmp_path: Path, was: str, now: str, told: str
) -> None:
    assert was in ENGLISH
    assert told in _load(tmp_path, WELSH.replace(was, now), ENGLISH.replace(was, now))


def test_english_must_be_there_and_files_must_be_utf_8(tmp_path: Path) -> None:
    (tmp_path / "cy.toml").write_text(WELSH, "utf-8")
    with pytest.raises(ConfigError, match=r"en\.toml"):
        load_phrases(tmp_path)
    (tmp_path / "en.toml").write_bytes(ENGLISH.encode("utf-16"))
    with pytest.raises(ConfigError, match=r"en\.toml cannot be read"):
        load_phrases(tmp_path)


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert _load(tmp_path, WELSH) == ""
