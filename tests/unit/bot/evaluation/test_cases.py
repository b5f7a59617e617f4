"""Question files of both forms."""

import json
from pathlib import Path

import pytest
from tests.unit.bot.answering.made import info

from aspire_bot.answering.types import Question, Turn
from aspire_bot.evaluation.cases import Case, QuotedText, names_of, read_cases, read_sets
from aspire_ingest.index import ConfigError


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text(
        "".join(
            (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n"
            for line in lines
        ),
        encoding="utf-8",
    )
    return path


def test_own_questions(tmp_path: Path) -> None:
    line = {
        "id": "dg-01",
        "question": "How much?",
        "lang": "en",
        "answerable": True,
        "answer_short": "30 percent",
        "must_include": ["30 percent"],
        "evidence": [{"file": "a.pdf", "text": "up to 30 percent"}],
        "type": "money",
        "tags": [],
        "source_files": ["a.pdf", "b.docx"],
        "need_all": False,
    }
    (case,) = read_cases(_file(tmp_path, line))
    assert case.wanted == {"a.pdf", "b.docx"}
    assert case.is_checkable
    assert case.is_right("It is 30 PERCENT.")
    assert not case.is_right("It is 300 yen.")
    assert case.evidence[0].text == "up to 30 percent"


def test_public_sets(tmp_path: Path) -> None:
    lines = (
        {"id": "1", "question": "a", "answerable": True, "answers": ["x y"], "gold": ["d1"]},
        {"id": "2", "question": "b", "answerable": None, "answers": [], "gold": ["d1"]},
        {"id": "3", "question": "c", "answerable": False},
    )
    one, two, three = read_cases(_file(tmp_path, *lines))
    assert one.is_checkable
    assert not two.is_checkable
    assert two.answerable is None
    assert three.answerable is False
    assert three.wanted == frozenset()


def test_questions_in_the_form_of_the_training(tmp_path: Path) -> None:
    line = {
        "qid": "en-1",
        "question": "And for hubs?",
        "lang": "en",
        "history": ["How much?"],
        "doc_ids": ["d1", "d2"],
        "quotes": [{"doc_id": "d1", "quote": "Up to 30."}],
        "also": [{"doc_id": "d2", "quote": "30まで。"}],
        "answerable": True,
        "near": ["d3"],
        "type": "funding",
    }
    (case,) = read_cases(_file(tmp_path, line))
    assert (case.id, case.type, case.lang, case.answerable) == ("en-1", "funding", "en", True)
    assert case.wanted == {"d1", "d2"}
    assert case.near == ("d3",)
    assert case.quotes == (QuotedText(doc_id="d1", quote="Up to 30."),)
    assert case.also == (QuotedText(doc_id="d2", quote="30まで。"),)
    assert case.as_question().history == (Turn(role="user", text="How much?"),)
    assert case.is_checkable


def test_an_unanswerable_question_of_the_training(tmp_path: Path) -> None:
    line = {
        "qid": "en-2",
        "question": "?",
        "doc_ids": [],
        "quotes": [],
        "answerable": False,
        "near": ["d3"],
    }
    (case,) = read_cases(_file(tmp_path, line))
    assert case.answerable is False
    assert case.wanted == frozenset()
    assert not case.is_checkable


def test_each_of_several_files_is_a_set(tmp_path: Path) -> None:
    here = _file(tmp_path, {"id": "1", "question": "a"})
    assert [case.set_name for case in read_sets([here])] == [None]
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "2", "question": "b"}\n{"id": "3", "question": "c", "set": "own"}\n')
    assert [(case.id, case.set_name) for case in read_sets([here, other])] == [
        ("1", "questions.jsonl"),
        ("2", "other.jsonl"),
        ("3", "own"),
    ]


def test_files_of_one_name_are_sets_by_their_paths(tmp_path: Path) -> None:
    paths: list[Path] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        paths.append(_file(tmp_path / name, {"id": name, "question": "a"}))
    assert [case.set_name for case in read_sets(paths)] == [str(path) for path in paths]


def test_a_case_is_reported_once_in_each_of_its_groups() -> None:
    case = Case(id="1", question="a", type="en", lang="en", set_name="s")
    assert case.groups == ("en", "s")
    assert Case(id="1", question="a").groups == ()


def test_history_of_strings_and_turns() -> None:
    case = Case.model_validate(
        {"id": "1", "question": "c", "history": ["a", {"role": "assistant", "text": "b"}]}
    )
    turns = (Turn(role="user", text="a"), Turn(role="assistant", text="b"))
    assert case.as_question() == Question(text="c", history=turns)
    assert case.as_question(with_history=False) == Question(text="c")


def test_blank_lines_and_line_separators_inside_strings(tmp_path: Path) -> None:
    line = {"id": "1", "question": "one\u2028two\x85three"}
    (case,) = read_cases(_file(tmp_path, "", line, "  "))
    assert case.question == "one\u2028two\x85three"


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes('\ufeff{"id": "1", "question": "a"}\r\n'.encode())
    assert len(read_cases(path)) == 1


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "1"}', '{"id": 1, "question": "a"}', '{"question": "a"}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    good = {"id": "1", "question": "a"}
    with pytest.raises(ConfigError, match=r"questions\.jsonl, line 2: no question"):
        read_cases(_file(tmp_path, good, line))


def test_a_file_that_holds_nothing_or_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no question"):
        read_cases(_file(tmp_path, ""))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_cases(tmp_path / "none.jsonl")
    (tmp_path / "sjis.jsonl").write_bytes("日本".encode("shift_jis"))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_cases(tmp_path / "sjis.jsonl")


def test_names_of_a_document() -> None:
    assert names_of(info("d1", source="/srv/docs/a.pdf")) == {"d1", "a.pdf"}
    assert names_of(info("d1", source="https://example.org/x/b.html")) == {"d1", "b.html"}
