from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.slack.onboarding.content import MAX_LABEL, Step, Suggestion, read_content
from aspire_ingest.index.errors import ConfigError


def _minimal() -> dict[str, Any]:
    return {
        "welcome": {"en": "Hello from {programme}", "ja": "ようこそ"},
        "steps": [
            {
                "id": "goals",
                "title": {"en": "Goals of {programme}", "ja": "目的"},
                "questions": {"en": ["What does {programme} do?"], "ja": ["目的は?", "何ですか?"]},
            }
        ],
        "closing": {"en": "Bye", "ja": "以上"},
    }


def _write(folder: Path, content: object) -> Path:
    path = folder / "tour.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def test_the_shipped_tour_is_whole_in_both_languages() -> None:
    content = read_content(None, programme="X")
    english, japanese = content.guide("en"), content.guide("ja")
    assert len(english.steps) >= 7
    assert [s.step_id for s in english.steps] == [s.step_id for s in japanese.steps]
    wanted = {
        "goals",
        "duties",
        "money",
        "flexibility",
        "people",
        "meetings",
        "partners",
        "contact",
    }
    assert wanted <= {step.step_id for step in english.steps}
    for guide in (english, japanese):
        assert len(guide.suggested) >= 4
        assert all(len(one.label) <= MAX_LABEL for one in guide.suggested)
        for step in guide.steps:
            assert step.title
            assert step.questions
    assert "X" in english.welcome
    assert "{programme" not in repr(content)
    assert all(ord(c) < 0x3000 for step in english.steps for c in step.title)
    assert all(max(step.title) > "\u3000" for step in japanese.steps)
    assert content.guide("fr") is english


def test_the_operators_file_replaces_the_tour_and_keeps_what_it_does_not_give(
    tmp_path: Path,
) -> None:
    path = _write(tmp_path, _minimal())
    guide = read_content(path, programme="Y").guide("en")
    assert guide.welcome == "Hello from Y"
    assert guide.steps == (
        Step(step_id="goals", title="Goals of Y", questions=("What does Y do?",)),
    )
    assert guide.suggested == read_content(None, programme="Y").guide("en").suggested
    given_ = {"en": [{"question": "Q" * 200, "label": "Short"}], "ja": [{"question": "問い?"}]}
    path = _write(tmp_path, {**_minimal(), "suggested": given_})
    content = read_content(path, programme="Y")
    assert content.guide("en").suggested == (Suggestion(label="Short", question="Q" * 200),)
    assert content.guide("ja").suggested == (Suggestion(label="問い?", question="問い?"),)


Change = Callable[[dict[str, Any]], object]

_MISTAKES: tuple[tuple[str, Change, str], ...] = (
    ("no closing", lambda c: c.pop("closing"), r"closing: Field required"),
    ("a language", lambda c: c["steps"][0]["title"].pop("ja"), r"steps\[1\]\.title\.ja: Field"),
    ("no step", lambda c: c.update(steps=[]), r"steps: .*at least 1"),
    ("twice", lambda c: c.update(steps=c["steps"] * 2), r"steps: the id goals occurs twice"),
    ("an id", lambda c: c["steps"][0].update(id="!later"), r"steps\[1\]\.id: "),
    ("empty", lambda c: c["welcome"].update(en="  "), r"welcome\.en: .*at least 1 character"),
    ("long", lambda c: c["welcome"].update(en="x" * 1201), r"welcome\.en: .*1200"),
    ("no question", lambda c: c["steps"][0]["questions"].update(en=[]), r"questions\.en: "),
    ("an answer", lambda c: c["steps"][0].update(answer="Yes"), r"steps\[1\]\.answer: Extra"),
    (
        "a placeholder",
        lambda c: c["steps"][0]["questions"].update(ja=["{program}とは?"]),
        r"steps\[1\]\.questions\.ja\[1\]: \{program\} is no placeholder",
    ),
    (
        "a label",
        lambda c: c.update(suggested={"en": [{"question": "x" * 76}], "ja": [{"question": "y"}]}),
        r"suggested\.en\[1\]: give a label",
    ),
    ("a number", lambda c: c["welcome"].update(en=3), r"welcome\.en: .*string"),
)


@pytest.mark.parametrize(
    ("change", "said"), [m[1:] for m in _MISTAKES], ids=[m[0] for m in _MISTAKES]
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, change: Change, said: str) -> None:
    content = _minimal()
    change(content)
    path = _write(tmp_path, content)
    with pytest.raises(ConfigError, match=said) as raised:
        read_content(path, programme="X")
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("welcome: [", "line 1"),
        ("welcome: {en: a, ja: b, en: c}", "the key en occurs twice"),
        ("{a: b}: c", "cannot be (read|used)"),
        ("- a", "the file"),
        ("", "the file"),
        ("!!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tour.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_content(path, programme="X")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ASPIRE_ONBOARDING_FILE"):
        read_content(tmp_path / "none.yaml", programme="X")
    path = tmp_path / "binary.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_content(path, programme="X")


@given(st.text(max_size=60))
def test_nothing_but_a_word_on_it_comes_of_any_text(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ConfigError):
        read_content(path, programme="X")
