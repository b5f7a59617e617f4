"""One answer for five who asked the same: from the local Slack to the staff's page and back.

Nothing is scripted: the bot as it is served over the sample knowledge, its console in a real
Chromium in Japanese, and the models that group questions and tell which ones ask the same.
"""

import re
import shutil
import socket
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.local_slack.scene import texts_of
from tests.local_slack.second_opinion import doubts_about
from tests.local_slack.server import LocalSlack
from tests.local_slack.settling import settle
from tests.playground.chromium import watched_page
from tests.serving import served

from aspire_bot.cli.console_commands import console_opener
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.model import User
from aspire_bot.local_slack.people import People, Person
from aspire_bot.settings import Settings
from aspire_bot.slack.jobs.office_task import GroupQuestions
from aspire_bot.slack.jobs.task import write_task
from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival

FIVE = (
    "研究費でノートパソコンを買えますか？",
    "ノートPCの購入に研究費を使ってもいいですか",
    "研究費でノートパソコンを購入することはできますか？",
    "ノートパソコンは研究費で買ってもいいのでしょうか",
    "Can we buy a laptop with the research funds?",
)
NEAR = "研究費で買ったノートパソコンは修理してもいいのでしょうか"
"""Something else in nearly the same words."""
SIXTH = "研究費からノートパソコンを購入してもよいですか？"
"""The same once more, in words that nobody has asked it in before."""
ANSWER = "はい。その課題の研究だけに使うものであれば購入できます。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The bot as it is served, its console, and the people of its Slack."""

    people: People
    state: State
    console_url: str

    @property
    def sato(self) -> Person:
        """Of the staff."""
        return self.people["U3"]

    def settle(self) -> None:
        """Wait until the bot has nothing left to do."""
        settle(self.state, timeout_s=180, every_s=0.02)

    def asks(self, *asked: tuple[str, str]) -> list[str]:
        """Have people ask in a channel, all at once; give for each all that they are told."""
        people = [self.people[user] for user, _ in asked]
        said = [
            person.asks("C1", question) for person, (_, question) in zip(people, asked, strict=True)
        ]
        replies: list[str] = []
        for person, message in zip(people, said, strict=True):
            person.waits_for_answer(message, timeout_s=90)
            replies.append("\n".join(t for m in person.replies(message) for t in texts_of(m)))
        self.settle()
        return replies

    def group(self) -> None:
        """Have the questions grouped, as the bot has it done every ten minutes."""
        task = write_task(GroupQuestions(user=""))
        self.state.inbox.put(Arrival(kind="task", key="group:T1:now", team="T1", body=task))
        self.settle()


@pytest.fixture
def office(sample_home: Path, tmp_path: Path) -> Generator[Office]:
    """An office whose bot has the sample knowledge, in an index of its own."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, ignore=shutil.ignore_patterns("readers", "*.lock"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])  # the link in Slack must name it before it is served
    url = f"http://127.0.0.1:{port}/console"
    more = {"port": port, "console_url": url, "staff_users": ("U3",), "staff_channel": "G1"}
    with (
        LocalSlack() as slack,
        served(home, slack, console_opener(), **more),
    ):
        for number in range(10, 16):
            user = User(user_id=f"U{number}", name=f"asker{number}", locale="ja-JP")
            slack.workspace.add_user(user)
            slack.workspace.join(user.user_id, "C1")
        state = open_state(Settings(home=home).state_place)
        people = People(slack, Courier(HttpTransport(port)))
        try:
            yield Office(people=people, state=state, console_url=url)
        finally:
            state.close()
    assert (slack.violations, doubts_about(slack)) == ([], [])


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    with watched_page(browser) as opened:
        yield opened


def _sign_in(page: Page, office: Office) -> None:
    """By the link that the bot shows to one person, once."""
    office.sato.runs("/aspire", "console", channel="G1")
    office.settle()
    told = [m for m in office.sato.sees("G1") if m.ephemeral_to][-1]
    (address,) = re.findall(rf"<({office.console_url}/sign-in/[^|>]+)", "\n".join(texts_of(told)))
    page.goto(address)
    page.get_by_role("button", name="サインインする").click()
    expect(page.get_by_role("heading", name="受信箱")).to_be_visible()


def _reached(page: Page) -> tuple[list[str], list[str]]:
    """The kept questions that the answer in the form will be given to, and those near to it."""
    page.get_by_role("button", name="この回答を示す質問を確認").click()
    shown = page.get_by_role("status")
    expect(shown).to_contain_text("まだ公開していません。")

    def under(heading: str) -> list[str]:
        return shown.locator(f"h3:text-is('{heading}') + ul li").all_inner_texts()

    return under("この回答を示す、これまでの質問"), under("似ているが、この回答を示さない質問")


def _cards(page: Page, office: Office, *questions: str) -> Locator:
    """The groups of unanswered questions that hold all of some questions."""
    page.goto(f"{office.console_url}/questions")
    cards = page.locator("article.card")
    for question in questions:
        cards = cards.filter(has_text=question)
    return cards


def test_five_who_ask_the_same_are_answered_at_once(page: Page, office: Office) -> None:
    questions = (*FIVE, NEAR)
    told = office.asks(*((f"U{n}", question) for n, question in enumerate(questions, start=10)))
    assert not any(ANSWER in one for one in told)
    assert len(office.state.gaps.open(9)) == len(questions), "the documents answer none of them"
    office.group()

    _sign_in(page, office)
    card = _cards(page, office, *FIVE)
    expect(card).to_have_count(1)
    expect(card.get_by_role("checkbox")).to_have_count(len(FIVE))
    card.get_by_role("link", name="承認済み回答を作る").click()
    written = page.get_by_label("質問", exact=True).input_value()
    page.get_by_label("回答", exact=True).fill(ANSWER)
    answered, near = _reached(page)
    assert sorted([written, *answered]) == sorted(FIVE)
    assert near == [NEAR]
    assert office.state.approvals.all() == (), "nothing is published by looking"
    page.get_by_role("button", name="承認して公開").click()
    expect(page.locator(".facts")).to_contain_text(re.compile("公開(処理)?中"))
    office.settle()
    page.reload()
    expect(page.locator(".facts")).to_contain_text("公開中")

    english, sixth, near_one = office.asks(("U1", FIVE[-1]), ("U2", SIXTH), ("U10", NEAR))
    assert ANSWER in english
    assert ANSWER in sixth
    assert ANSWER not in near_one

    for question in FIVE:
        expect(_cards(page, office, question)).to_have_count(0)
    expect(page.get_by_role("heading", name=NEAR)).to_be_visible()
