"""`aspire-bot eval --prompts`: two ways to ask one scripted model, on a real index."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from pydantic import SecretStr
from tests.local_models import Asked, LocalModel, Reply, serving
from tests.local_models.reply import saying

from aspire_bot.answering.writing import prompt_files
from aspire_bot.cli.evaluation_commands import evaluate
from aspire_bot.evaluation.prompt_lab import Prices
from aspire_bot.settings import Settings

SHIPPED = Path(prompt_files.__file__).parent / "prompts" / "answer.en.md"
BE_BRIEF = "Be brief, whatever it takes."
LINE = {
    "id": "goals",
    "question": "What are the goals of ASPIRE?",
    "answerable": True,
    "must_include": ["train"],
    "source_files": ["programme-en.md"],
}


def obeying(asked: Asked) -> Reply:
    """Tell the truth in words of its own; asked to be brief, say that there is no answer."""
    if BE_BRIEF in asked.system:
        return saying("[[NONE]]")
    number = next(n for n, (_, text) in asked.passages().items() if "train young" in text)
    return saying(f"The goals of ASPIRE include training young researchers [{number}].")


@pytest.fixture
def server() -> Generator[LocalModel]:
    with serving("openai-like", obeying) as model:
        yield model


def test_two_folders_of_prompts_are_compared_side_by_side(
    server: LocalModel, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    for name, words in (("long", "Take your time."), ("brief", BE_BRIEF)):
        (tmp_path / name).mkdir()
        (tmp_path / name / SHIPPED.name).write_text(f"{words}\n{text}", encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    settings = Settings(
        home=home, llm_base_url=server.base_url, llm_api_key=SecretStr("key"),
        llm_timeout_s=300, llm_first_token_s=300,  # this machine may have other things to do
    )  # fmt: skip
    evaluate(
        settings,
        [questions],
        as_json=True,
        model=server.setting,
        prompts=[tmp_path / "long", tmp_path / "brief"],
        prices=Prices(read=1, written=1),
    )
    said = json.loads(capsys.readouterr().out)
    long, brief = (said["prompts"][name] for name in ("long", "brief"))
    assert long["hashes"] != brief["hashes"]
    assert (long["by"]["all"]["worded"]["value"], brief["by"]["all"]["worded"]["value"]) == (1, 0)
    assert said["differences"]["brief"]["worded"] == {"value": -1, "n": 1, "low": -1, "high": -1}
    assert long["by"]["all"]["cost_per_1000"]["value"] == pytest.approx(12e-3)  # 11 + 1 tokens
    assert long["by"]["all"]["total_ms"]["n"] == 1
    systems = [asked.system for asked in server.asked]
    assert [BE_BRIEF in system for system in systems] == [False, True]
    assert server.refused == []
