"""Names that mean the same, from the shipped glossary and from one of the staff's own."""

from pathlib import Path

import pytest

from aspire_bot.answering.message.query.glossary import Glossary, load_glossary
from aspire_ingest.index import ConfigError
from aspire_ingest.index.text.analysis import analyze


def _glossary(folder: Path, text: str) -> Glossary:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return load_glossary(path, analyze)


def _found(glossary: Glossary, text: str, language: str = "en") -> list[frozenset[str]]:
    return [match.name for match in glossary.find(analyze(text, language))]


def _name(text: str, language: str = "en") -> frozenset[str]:
    return frozenset(analyze(text, language))


def test_a_name_brings_its_synonyms_and_translations(tmp_path: Path) -> None:
    glossary = _glossary(tmp_path, "- {en: [PD, Program Director], ja: [運営統括]}\n")
    (match,) = glossary.find(analyze("Who is the PD?", "en"))
    assert _name("Program Director") in match.concept.names["en"]
    assert _name("運営統括", "ja") in match.concept.names["ja"]
    (again,) = glossary.find(analyze("運営統括は誰ですか", "ja"))
    assert again.concept == match.concept


def test_the_longest_name_takes_its_words(tmp_path: Path) -> None:
    glossary = _glossary(
        tmp_path, "- {en: [cost, expense]}\n- {en: [direct cost], ja: [直接経費]}\n- {en: [form]}\n"
    )
    assert _found(glossary, "the form for direct costs") == [_name("direct cost"), _name("form")]
    assert _found(glossary, "direct answers") == []


def test_a_word_of_two_entries_means_both(tmp_path: Path) -> None:
    glossary = _glossary(
        tmp_path, "- {en: [project], ja: [課題]}\n- {en: [challenge, problem], ja: [課題]}\n"
    )
    (match,) = glossary.find(analyze("課題", "ja"))
    assert set(match.concept.names["en"]) == {
        _name("project"),
        _name("challenge"),
        _name("problem"),
    }
    assert match.concept.names["ja"] == (_name("課題", "ja"),)


def test_the_staff_file_is_read_instead_of_the_shipped_one(tmp_path: Path) -> None:
    shipped = load_glossary(tmp_path / "none.yaml", analyze)
    own = _glossary(tmp_path, "- {en: [widget, gadget]}\n")
    assert _found(shipped, "who is the PD?") == [_name("PD")]
    assert _found(own, "who is the PD?") == []
    assert _found(own, "any gadget") == [_name("gadget")]


def test_an_empty_file_means_no_synonyms(tmp_path: Path) -> None:
    assert _found(_glossary(tmp_path, "# nothing yet\n"), "the PD") == []


def test_shipped_entries_reach_across_languages() -> None:
    glossary = load_glossary(None, analyze)
    for asked, language, other in (
        ("carry over", "en", "繰越"),
        ("繰り越し", "ja", "carry over"),
        ("間接経費", "ja", "overhead"),
        ("moderator", "en", "司会"),
    ):
        match = glossary.find(analyze(asked, language))[0]
        spoken = "ja" if language == "en" else "en"
        assert _name(other, spoken) in match.concept.names[spoken], asked


@pytest.mark.parametrize(
    "text",
    [
        "en: [PD]",
        "- [PD, Program Director]",
        "- {en: PD}",
        "- {en: [1]}",
        "- {en: [PD",
        "just words",
        "- {en: [PD], ja}",
    ],
)
def test_a_broken_file_is_named_with_what_to_write(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"glossary\.yaml cannot be read: .*en: \[PD"):
        _glossary(tmp_path, text)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes(b"- {ja: [\x89^\x89c]}\n")
    with pytest.raises(ConfigError, match=r"glossary\.yaml"):
        load_glossary(path, analyze)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(ConfigError, match=r"folder\.yaml"):
        load_glossary(tmp_path / "folder.yaml", analyze)


def test_the_same_text_is_taken_apart_once_and_a_changed_one_anew(tmp_path: Path) -> None:
    first = _glossary(tmp_path, "- {en: [widget, gadget]}\n")
    assert _glossary(tmp_path, "- {en: [widget, gadget]}\n") is first
    changed = _glossary(tmp_path, "- {en: [widget, sprocket]}\n")
    (match,) = changed.find(analyze("widget", "en"))
    assert match.concept.names["en"] == (_name("widget"), _name("sprocket"))
