"""Prompts compared: which are, what they cost, and by how much they differ."""

import io
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from aspire_bot.answering.types import Answer, Question, Trace
from aspire_bot.evaluation.cases import Case
from aspire_bot.evaluation.measures import Judged, judge
from aspire_bot.evaluation.prompt_lab import (
    COST,
    NO_PRICES,
    Prices,
    comparison_json,
    differences,
    priced,
    print_comparison,
    with_prompts,
)
from aspire_bot.settings import Settings
from aspire_ingest.index import ConfigError


def judged(text: str, *, read: int = 1_000, written: int = 50, is_asked: bool = True) -> Judged:
    case = Case(id="q", question="?", answerable=True, must_include=("Yes",), source_files=("f",))
    trace = Trace(
        model="openai-like/m", prompt_hash=f"of {text}", prompt_tokens=read,
        completion_tokens=written,
    )  # fmt: skip
    answer = Answer(
        question=Question(text="?"), outcome="answered", text=text, language="en", confidence=0.9,
        trace=trace if is_asked else None,
    )  # fmt: skip
    return judge(case, answer, quotes_valid=True)


def test_what_a_thousand_answers_cost() -> None:
    (one,) = priced([judged("Yes", read=2_000, written=100)], Prices(read=0.5, written=4))
    assert one.values[COST] == pytest.approx((2_000 * 0.5 + 100 * 4) / 1_000)
    (unasked,) = priced([judged("Yes", is_asked=False)], Prices(read=1, written=1))
    assert COST not in unasked.values
    (unpriced,) = priced([judged("Yes")], NO_PRICES)
    assert COST not in unpriced.values


def test_differences_are_of_the_same_question() -> None:
    easy, hard = judged("Yes", read=100), judged("No", read=10_000)
    found = differences([easy, hard], [judged("Yes", read=110), judged("Yes", read=10_010)])
    tokens = found["prompt_tokens"]
    assert (tokens.value, tokens.low, tokens.high) == (10, 10, 10)  # not the noise between the two
    assert tokens.n == 2


def test_what_only_one_of_them_has_is_no_difference() -> None:
    found = differences([judged("Yes", is_asked=False)], [judged("Yes")])
    assert "prompt_tokens" not in found
    assert "false_refusal" in found


def test_all_others_are_held_against_the_first() -> None:
    variants = {
        "a": [judged("Yes"), judged("No")],
        "b": [judged("Yes"), judged("Yes", written=150)],
        "c": [judged("No"), judged("No")],
    }
    said = comparison_json(variants)
    prompts = cast("dict[str, Any]", said["prompts"])
    apart = cast("dict[str, Any]", said["differences"])
    assert list(prompts) == ["a", "b", "c"]
    assert prompts["a"]["hashes"] == ["of No", "of Yes"]
    assert list(apart) == ["b", "c"]
    assert apart["b"]["completion_tokens"]["value"] == 50
    file = io.StringIO()
    print_comparison(variants, Console(file=file, width=240))
    told = file.getvalue()
    assert "b − a" in told
    assert "c − a" in told
    assert "c: prompts of No" in told


def test_one_folder_is_compared_with_the_prompts_in_force(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, llm="openai-like/m", llm_base_url="http://127.0.0.1:1/v1")
    found = with_prompts(settings, None, [tmp_path / "new"])
    assert {name: one.prompts_dir for name, one in found.items()} == {
        "shipped": None,
        "new": tmp_path / "new",
    }
    own = settings.model_copy(update={"prompts_dir": tmp_path / "own"})
    assert list(with_prompts(own, None, [tmp_path / "new"])) == ["own", "new"]


def test_folders_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    folders = [tmp_path / "one" / "prompts", tmp_path / "two" / "prompts"]
    found = with_prompts(settings, "openai-like/m", folders)
    assert list(found) == [str(folder) for folder in folders]
    assert {one.llm for one in found.values()} == {"openai-like/m"}


def test_without_folders_there_is_one_run(tmp_path: Path) -> None:
    (found,) = with_prompts(Settings(home=tmp_path), "ollama/m", ()).values()
    assert found.llm == "ollama/m"


@pytest.mark.parametrize(
    ("model", "folders", "complaint"),
    [(None, ["a"], "--model PROVIDER/MODEL"), ("ollama/m", ["a", "../{here}/a"], "twice")],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, model: str | None, folders: list[str], complaint: str
) -> None:
    paths = [tmp_path / folder.format(here=tmp_path.name) for folder in folders]
    with pytest.raises(ConfigError, match=complaint):
        with_prompts(Settings(home=tmp_path), model, paths)
