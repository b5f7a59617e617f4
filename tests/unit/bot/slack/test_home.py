from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.local_slack.answers import GOALS, GUIDE, GUIDE_JA
from tests.local_slack.second_opinion import view_doubts
from tests.local_slack.server import Fault
from tests.unit.bot.slack.onboarding_scene import AS_OF, Scene, open_scene

from aspire_bot.local_slack.blocks.limits import message_texts
from aspire_bot.local_slack.blocks.views import view_problems
from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.onboarding.content import Suggestion
from aspire_bot.slack.render.home import Shelf, Welcome, home_view
from aspire_bot.slack.render.message import JsonObject
from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.types import DocumentInfo

ENGLISH, JAPANESE = phrases("en").slack, phrases("ja").slack

SHELF = Shelf(documents=(GOALS, GUIDE, GUIDE_JA), as_of=AS_OF)
SUGGESTED = (
    Suggestion(label="Goals?", question="What are the goals?"),
    Suggestion(label="Money?", question="How much money?"),
)
WELCOME = Welcome(programme="ASPIRE", suggested=SUGGESTED, contact="office@example.org")
STAFF = replace(GOALS, document_id="s", title="Reserve", audience="staff")


def _texts(view: JsonObject) -> list[str]:
    blocks = view["blocks"]
    assert isinstance(blocks, list | tuple)
    return message_texts(blocks)  # pyright: ignore[reportUnknownArgumentType]  JSON


def _text_objects(part: Any) -> Iterator[tuple[str, str]]:
    """Kind and text of every text object, wherever it stands."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):  # pyright: ignore[reportUnknownMemberType]  JSON
            yield part["type"], part["text"]
        part = [*part.values()]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]  JSON
    if isinstance(part, list | tuple):
        for one in part:  # pyright: ignore[reportUnknownVariableType]  JSON
            yield from _text_objects(one)


def _buttons(view: Any) -> list[tuple[str, str, str]]:
    elements = [e for b in view["blocks"] if b["type"] == "actions" for e in b["elements"]]
    elements += [b["accessory"] for b in view["blocks"] if "accessory" in b]
    return [(e["text"]["text"], e["action_id"], e.get("value", "")) for e in elements]


def _sound(view: JsonObject) -> None:
    assert view_problems(view, "home") == []
    assert view_doubts(view) == []


def test_golden_english() -> None:
    view = home_view(SHELF, WELCOME, ENGLISH)
    _sound(view)
    assert _texts(view) == [
        "ASPIRE assistant",
        "I answer questions about ASPIRE from its documents and show where each statement comes "
        "from.",
        "Ask me",
        "The answer comes into our conversation, under Messages. You can also mention me in a "
        "channel or use /aspire.",
        "What I know",
        "3 documents (English 2, Japanese 1), as of 21 November 2026",
        "The newest documents:",
        "• <https://www.example.org/en/goals.html|Goals of the programme> · Example Agency · "
        "11 November 2025\n"
        "• <https://www.example.org/en/guide.pdf?a=1&amp;b=2|Guide to joint research costs> · "
        "Example Agency · April 2025 · edition FY2025\n"
        "• <https://www.example.org/guide.pdf|共同研究費の手引き> · 例示機構 · 1 April 2025 · "
        "edition 令和7年度",
        "*What I can do*\n"
        "• Answer in English and Japanese, with numbered, dated sources that you can check\n"
        "• Take follow-up questions in the same thread\n"
        "• Say so where the documents do not answer, and name the nearest ones",
        "*What I cannot do*\n"
        "• Know anything that is not in the documents above\n"
        "• Decide or approve anything: that is for the office\n"
        "• Be always right: please check the sources before you rely on an answer",
        "New principal investigators: a short tour of what to know",
        "Questions to people: the ASPIRE office · office@example.org",
    ]
    assert _buttons(view) == [
        ("Goals?", "aspire:ask:1", "What are the goals?"),
        ("Money?", "aspire:ask:2", "How much money?"),
        ("Start the tour", "aspire:tour", ""),
    ]


def test_golden_japanese() -> None:
    view = home_view(SHELF, replace(WELCOME, contact=None), JAPANESE)
    _sound(view)
    texts = _texts(view)
    assert texts[:2] == [
        "ASPIREアシスタント",
        "ASPIREに関する質問に、文書に基づき、出典を示してお答えします。",
    ]
    assert texts[4:6] == ["登録されている文書", "3件(英語 2, 日本語 1)、2026年11月21日時点"]
    assert "2025年11月11日" in texts[7]
    assert texts[8].startswith("*できること*\n• ")
    assert texts[-1] == "担当者へのお問い合わせ: ASPIRE事務局"
    assert _buttons(view)[-1] == ("案内を始める", "aspire:tour", "")


def test_without_an_index_it_says_so_and_still_leads_to_people() -> None:
    view = home_view(None, WELCOME, ENGLISH, trouble="The index <cannot> be read.")
    _sound(view)
    assert "The index &lt;cannot&gt; be read." in _texts(view)
    assert [label for label, _, _ in _buttons(view)] == ["Start the tour"]
    assert _texts(view)[-1].endswith("office@example.org")


def test_an_empty_index_suggests_nothing() -> None:
    view = home_view(Shelf(documents=(), as_of=AS_OF), WELCOME, ENGLISH)
    _sound(view)
    assert ENGLISH.home.empty in _texts(view)
    assert "Ask me" not in _texts(view)


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(max_size=40).map(lambda t: t * 30)
    | st.sampled_from(["<!channel>", "<@U1>", "<https://evil|x>", "`" * 3000, "\u202ex\u200b"]),
    url=st.none() | st.text(max_size=40) | st.just("https://a.example/|x>" + "y" * 3000),
    programme=st.text(max_size=300),
    count=st.integers(0, 12),
    wording=st.sampled_from([ENGLISH, JAPANESE]),
)
def test_anything_fits_and_nothing_is_live(
    title: str, url: str | None, programme: str, count: int, wording: SlackPhrases
) -> None:
    document = DocumentInfo(
        document_id="d", source="d.md", title=title, url=url, publisher=title, published=title
    )
    suggested = [Suggestion(label="L" * 75, question="q" * 300)] * count
    view = home_view(
        Shelf(documents=[document] * count, as_of=title),
        Welcome(programme=programme, suggested=suggested, contact=title),
        wording,
        trouble=title,
    )
    assert view_problems(view, "home") == []
    marked_up = repr([text for kind, text in _text_objects(view) if kind == "mrkdwn"])
    for live in ("<!", "<@", "<https://evil"):  # in plain text Slack shows them as they are
        assert live not in marked_up
    for unseen in ("\u202e", "\u200b"):
        assert all(unseen not in text for text in _texts(view))


@pytest.fixture
def scene(tmp_path: Path) -> Generator[Scene]:
    with open_scene(tmp_path, "goals") as opened:
        opened.core.library = (
            GOALS,
            STAFF,
            *[replace(GUIDE, document_id=f"g{n}") for n in range(9)],
        )
        yield opened


def _open(scene: Scene, user: str, tab: str = "home", channel: str = "D1") -> JsonObject | None:
    event = {"type": "app_home_opened", "user": user, "tab": tab, "channel": channel}
    scene.happens(event)
    scene.work()
    shown = scene.slack.workspace.views.homes.get(user)
    return shown.content if shown else None


def test_the_home_is_in_the_persons_language_and_for_their_eyes(scene: Scene) -> None:
    alice, ken, sato = (_open(scene, user) for user in ("U1", "U2", "U3"))
    assert alice and ken and sato  # noqa: PT018  three of a kind
    assert "ASPIRE assistant" in _texts(alice)
    assert "ASPIREアシスタント" in _texts(ken)
    assert "10 documents" in repr(_texts(alice))
    assert "Reserve" not in repr((alice, ken))
    assert "Reserve" in repr(sato)
    assert "11件" in repr(_texts(sato))
    assert [b[:2] for b in _buttons(alice)][:2] == [
        ("0 en", "aspire:ask:1"),
        ("1 en", "aspire:ask:2"),
    ]


def test_the_home_without_an_index(scene: Scene) -> None:
    scene.core.library = None
    view = _open(scene, "U2")
    assert view is not None
    assert any("文書がまだ登録されていません" in text for text in _texts(view))


def test_other_troubles_of_the_index_are_said_as_well(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise IndexAccessError("secret path")

    monkeypatch.setattr(type(scene.core), "manifest", fail)
    view = _open(scene, "U1")
    assert view is not None
    assert "secret" not in repr(view)
    assert ENGLISH.error(IndexAccessError("x")) in "".join(_texts(view))


def test_the_conversation_offers_four_questions(scene: Scene) -> None:
    assert _open(scene, "U2", tab="messages", channel="D2") is None
    (shown,) = scene.slack.workspace.prompts.values()
    assert shown["title"] == "ASPIREについて質問する"
    prompts = shown["prompts"]
    assert isinstance(prompts, list)
    assert prompts == [{"title": f"{n} ja", "message": f"{n} ja?"} for n in range(4)]


def test_a_conversation_that_takes_no_prompts_is_no_failure(scene: Scene) -> None:
    scene.slack.fail_next(
        Fault(method="assistant.threads.setSuggestedPrompts", error="not_allowed_token_type")
    )
    assert _open(scene, "U1", tab="messages") is None
    assert scene.slack.workspace.prompts == {}
