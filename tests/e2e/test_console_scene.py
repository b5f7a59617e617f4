"""Staff in a real Chromium, in Japanese: an answer in their own words before it is posted."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.stage import SATO, staged
from tests.local_slack.answers import JAPANESE_ANSWER
from tests.local_slack.scene import OPTIONS, run_bot, texts_of
from tests.playground.chromium import watched_page
from tests.screenshots import seeded, take

from aspire_bot.state.channels import ChannelPolicy

DRAFTED = replace(OPTIONS, default_policy=ChannelPolicy(mode="draft"))
QUESTION = "この事業の目標は何ですか？"


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    with watched_page(browser) as opened:
        yield opened


def test_staff_put_an_answer_in_their_words_before_it_is_posted(page: Page, tmp_path: Path) -> None:
    with (
        staged(tmp_path, fill=lambda state: None) as stage,
        run_bot(JAPANESE_ANSWER, options=DRAFTED, state=tmp_path / "state.sqlite3") as scene,
    ):
        question = scene.alice.asks("C1", QUESTION)
        scene.settle()
        page.goto(stage.url + stage.sign_in_path(replace(SATO, language="ja")))
        page.get_by_role("button", name="サインインする").click()
        card = page.locator(".card", has_text=QUESTION)
        expect(card.locator(".said")).to_contain_text("[1]")
        card.locator("summary", has_text="書き直す").click()
        written = card.get_by_label("書き直した回答")
        assert "[1]" not in written.input_value()
        written.fill("国際共同研究を支援します。\n詳しくは事務局まで <b>。")
        card.get_by_role("button", name="この内容で投稿").click()
        expect(page.get_by_role("status")).to_have_text("書き直した回答を質問者に送ります。")
        expect(card).to_have_count(0)
        scene.settle()
        (answer,) = scene.alice.replies(question)
        said = "\n".join(texts_of(answer))
        assert "国際共同研究を支援します。\n詳しくは事務局まで &lt;b&gt;。" in said
        page.reload()
        scene.settle()
        assert len(scene.alice.replies(question)) == 1
        page.goto(f"{stage.url}/audit")
        expect(page.get_by_role("rowheader", name="投稿前の回答を処理")).to_be_visible()


def test_a_picture_is_taken_of_a_seeded_page(browser: Browser, tmp_path: Path) -> None:
    pages = {"inbox": "/", "quality": "/quality"}
    with seeded(tmp_path) as stage:
        taken = take(
            browser, stage, tmp_path / "out", pages=pages, languages=("ja",), schemes=("dark",)
        )
    names = ["ja-dark-sign-in.png", "ja-dark-inbox.png", "ja-dark-quality.png"]
    assert [file.name for file in taken] == names
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in taken)
