"""The playground in a real Chromium: what a person does and sees there."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from slack_sdk import WebClient
from tests.playground.chromium import keep_here
from tests.playground.desk import ANSWER, Desk
from tests.playground.stage import ByWords, Held, staged
from tests.unit.bot.local_slack.kit import BLOCKS

from aspire_bot.local_slack.model import User
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_bot.playground.run import Playground


@pytest.fixture(scope="module", autouse=True)
def patience() -> Generator[None]:
    """Wait long where the machine is busy; what comes at once is seen at once."""
    expect.set_options(timeout=40_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def core() -> Held:
    return Held(ByWords())


@pytest.fixture
def playground(core: Held, tmp_path: Path) -> Generator[Playground]:
    with staged(core, tmp_path) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Generator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(40_000)
    keep_here(opened)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Generator[Page]:
    """A page that must not complain: neither of a script nor of the content security policy."""
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))

    def on_console(said: ConsoleMessage) -> None:
        # Both are said on the page, too.
        is_known = "409 (Conflict)" in said.text or "ERR_INTERNET_DISCONNECTED" in said.text
        if said.type == "error" and not is_known:
            complaints.append(said.text)

    opened.on("console", on_console)
    yield opened
    assert complaints == []


@pytest.fixture
def desk(page: Page, playground: Playground) -> Desk:
    return Desk(page).opens(playground.url)


def test_the_steps_stream_in_and_the_answer_follows(desk: Desk, core: Held) -> None:
    core.hold()
    desk.asks("What are the goals?")
    reply = desk.page.locator("#replies > .message").last
    expect(reply.locator(".plan summary")).to_contain_text("At work: step 1 of 3")
    expect(reply.locator(".task.in_progress")).to_contain_text("Searching the documents")
    core.let_go(2)
    expect(reply.locator(".task.in_progress")).to_contain_text("Reading what was found")
    expect(reply.locator(".task.complete")).to_have_count(1)
    expect(reply).not_to_contain_text("goals are")
    core.let_go()
    answer = desk.answer()
    expect(answer).to_contain_text(ANSWER)
    expect(answer.locator(".plan summary")).to_contain_text("3 steps done")
    expect(answer.locator(".plan")).not_to_have_attribute("open", "")
    expect(desk.page.locator("#activity")).to_contain_text("chat.startStream")
    expect(desk.page.locator("#activity .in").first).to_contain_text(re.compile(r"\d+ ms"))
    expect(desk.page.locator("#announcer")).to_contain_text(f"Ask ASPIRE: {ANSWER}")


def test_a_citation_leads_to_its_source(desk: Desk, context: BrowserContext) -> None:
    left = keep_here(context)
    desk.asks("What are the goals?")
    marker = desk.answer().get_by_role("link", name="[1]", exact=True)
    expect(marker).to_have_attribute(
        "href", "https://www.example.org/en/goals.html#:~:text=The%20goals%20are"
    )
    expect(marker).to_have_attribute("rel", "noopener noreferrer")
    source = desk.answer().get_by_role("link", name="Guide to joint research costs")
    expect(source).to_have_attribute("href", "https://www.example.org/en/guide.pdf?a=1&b=2")
    with context.expect_page() as opened:
        marker.click()
    opened.value.wait_for_event("close") if not left else opened.value.close()
    assert [url.partition("#")[0] for url in left] == ["https://www.example.org/en/goals.html"]
    expect(desk.page.locator("#thread")).to_be_visible()


def test_a_vote_opens_a_modal_and_reaches_the_staff(desk: Desk, playground: Playground) -> None:
    desk.asks("What are the goals?")
    down = desk.answer().get_by_role("button", name="Not helpful")
    down.click()
    modal = desk.page.get_by_role("dialog", name="What was wrong?")
    expect(modal).to_be_visible()
    expect(modal.get_by_role("radio").first).to_be_focused()
    with playground.slack.held():  # all messages are drawn anew behind the modal
        playground.slack.workspace.add_user(User(user_id="U9", name="late"))
    expect(desk.page.locator("#me option")).to_have_count(5)
    desk.page.keyboard.press("Escape")
    expect(modal).to_be_hidden()
    expect(down).to_be_focused()
    desk.page.keyboard.press("Enter")
    modal.get_by_role("button", name="Send").click()
    expect(modal.get_by_text("Please fill this in.")).to_be_visible()
    expect(modal.get_by_role("radio").first).to_be_focused()
    modal.get_by_label("It is out of date").check()
    modal.get_by_label("In your words").fill("<b>1 < 2 & 3</b>")
    modal.get_by_role("button", name="Send").click()
    expect(modal).to_be_hidden()
    expect(down).to_have_attribute("aria-pressed", "true")
    desk.becomes("佐藤")
    desk.goes("office")
    complaint = desk.page.locator("#messages > .message").last
    expect(complaint).to_contain_text("It is out of date")
    expect(complaint).to_contain_text("<b>1 < 2 & 3</b>")


def test_the_office_is_asked_and_its_reply_comes_back(desk: Desk) -> None:
    desk.asks("What is the daily allowance?")
    desk.answer().get_by_role("button", name="Ask the ASPIRE office").click()
    passed_on = desk.page.locator(".ephemeral").filter(has_text="Your question is with the ASPIRE")
    expect(passed_on.first).to_be_visible()
    desk.becomes("佐藤")
    desk.goes("office")
    question = desk.page.locator("#messages > .message").last
    expect(question).to_contain_text("What is the daily allowance?")
    question.get_by_role("link", name="to the thread").click()
    expect(desk.page.locator("#replies > .message").first).to_contain_text("@Ask ASPIRE What is")
    desk.goes("office")
    desk.chooses(question, "スレッドで返信")
    expect(desk.page.locator("#reply-text")).to_be_focused()
    desk.says("Use the rules of your institution.", box="reply-text")
    expect(desk.page.locator("#replies > .ephemeral")).to_contain_text(
        "あなただけに表示されています"
    )
    desk.becomes("Alice")
    desk.page.get_by_role("button", name="2 replies").click()
    reply = desk.page.locator("#replies > .message").last
    expect(reply).to_contain_text("Answer from the ASPIRE office")
    expect(reply).to_contain_text("Use the rules of your institution.")


def test_a_slash_command_answers_to_one_person_who_shares_it(desk: Desk) -> None:
    desk.page.locator("#composer-text").fill("/")
    desk.page.get_by_role("button", name="/aspire ask QUESTION").click()
    expect(desk.page.locator("#composer-text")).to_have_value("/aspire ask ")
    desk.page.keyboard.type("What are the goals?")
    desk.page.keyboard.press("Enter")
    private = desk.page.locator("#messages > .ephemeral").filter(has_text=ANSWER)
    expect(private).to_contain_text("Only visible to you")
    private.get_by_role("button", name="Share in channel").click()
    shared = desk.page.locator("#messages > .message:not(.ephemeral)")
    expect(shared.locator(".votes")).to_be_visible()
    expect(shared).to_contain_text("@Alice Martin asked:")
    desk.becomes("田中")
    expect(desk.page.locator("#messages > .message")).to_have_count(1)


def test_in_japanese(page: Page, playground: Playground) -> None:
    desk = Desk(page).opens(playground.url, user="U2", place="D2")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_role("heading", name="プレイグラウンド")).to_be_visible()
    desk.says("旅費は流用できますか?")
    answer = desk.answer()
    expect(answer).to_contain_text("旅費は費目間で流用できます。")
    expect(answer.get_by_role("button", name="役に立った", exact=True)).to_be_visible()
    expect(answer.locator(".plan summary")).to_contain_text("3つの手順が完了")
    page.get_by_label("画面の言語").select_option("en")
    expect(answer.locator(".plan summary")).to_contain_text("3 steps done")


def test_the_home_shows_what_there_is_and_asks(desk: Desk) -> None:
    desk.goes("Home")
    home = desk.page.locator("#home")
    expect(home.get_by_role("heading", name="ASPIRE assistant")).to_be_visible()
    expect(home.get_by_role("link", name="Goals of the programme")).to_be_visible()
    home.get_by_role("button", name="What are the goals of ASPIRE?").click()
    tab = desk.page.get_by_role("button", name="Messages", exact=True)
    tab.focus()
    desk.page.keyboard.press("Enter")
    expect(tab).to_have_attribute("aria-pressed", "true")
    expect(tab).to_be_focused()
    shared = desk.page.locator("#messages > .message").filter(has_text=ANSWER)
    expect(shared).to_contain_text("@Alice Martin asked:")
    desk.page.locator("#language").select_option("ja")
    expect(desk.page.get_by_role("button", name="ホーム").last).to_be_visible()


def test_a_newcomer_takes_the_tour(desk: Desk) -> None:
    desk.page.get_by_role("button", name="New person joins…").click()
    desk.page.get_by_label("Name").fill("Nora")
    desk.page.get_by_role("button", name="Join", exact=True).click()
    expect(desk.page.locator("#messages > .message")).to_have_count(1)
    desk.page.get_by_role("button", name="Start the tour").click()
    title = desk.page.get_by_role("heading", name="What the programme is for")
    first = desk.page.locator("#messages > .message").filter(has=title)
    expect(first).to_contain_text(ANSWER)
    expect(first.get_by_role("link", name="[1]", exact=True)).to_be_visible()
    # of this knowledge no other step is answered: the tour has one
    expect(first).to_contain_text("1/1")


def test_own_messages_are_edited_and_answers_deleted(desk: Desk) -> None:
    desk.asks("What are the goals?")
    answer = desk.answer()
    question = desk.page.locator("#messages > .message").first
    desk.chooses(question, "Edit")
    box = desk.page.get_by_role("dialog", name="Edit message").get_by_role("textbox")
    expect(box).to_have_value("@Ask ASPIRE What are the goals?")
    box.fill("@Ask ASPIRE What are the aims & goals?")
    desk.page.get_by_role("button", name="Save").click()
    expect(question).to_contain_text("aims & goals? ")
    expect(question).to_contain_text("(edited)")
    answer.get_by_role("button", name="Delete this answer").click()
    sure = desk.page.get_by_role("dialog", name="Delete this answer")
    sure.get_by_role("button", name="Cancel").click()
    expect(answer).to_contain_text(ANSWER)
    answer.get_by_role("button", name="Delete this answer").click()
    sure.get_by_role("button", name="Delete this answer").click()
    expect(desk.page.locator("#thread").get_by_text(ANSWER)).to_have_count(0)


def test_a_shortcut_on_somebody_elses_message(desk: Desk, playground: Playground) -> None:
    playground.people["U2"].says("C1", "What are the goals of it all?")
    message = desk.page.locator("#messages > .message").last
    expect(message).to_contain_text("goals of it all")
    desk.chooses(message, "Answer this with ASPIRE")
    private = desk.page.locator(".ephemeral").filter(has_text=ANSWER)
    expect(private.first).to_be_visible()


def test_text_is_never_live(desk: Desk, playground: Playground) -> None:
    hostile = '<img src=x onerror="document.title=1"> *bold* <script>alert(1)</script>'
    desk.says(hostile)
    shown = desk.page.locator("#messages > .message").last
    expect(shown).to_contain_text('<img src=x onerror="document.title=1">')
    expect(shown.locator("img, script")).to_have_count(0)
    expect(shown.locator("strong", has_text=re.compile("^bold$"))).to_be_visible()
    playground.people["U2"].says(
        "C1", "<javascript:alert(1)|here> <data:text/html,x|x>", is_raw=True
    )
    last = desk.page.locator("#messages > .message").last
    expect(last).to_contain_text("here")
    expect(last.get_by_role("link")).to_have_count(0)


def test_a_new_person_joins_and_looks_around(desk: Desk) -> None:
    desk.page.get_by_role("button", name="New person joins…").click()
    dialog = desk.page.get_by_role("dialog", name="A new person joins")
    dialog.get_by_label("Name").fill("Nora <New>")
    dialog.get_by_role("button", name="Join").click()
    expect(desk.page.locator("#me option:checked")).to_have_text("Nora <New>")
    desk.goes("elsewhere")
    desk.page.get_by_role("button", name="Join", exact=True).click()
    desk.page.get_by_role("button", name="Invite Ask ASPIRE").click()
    desk.asks("What are the goals?")
    expect(desk.answer()).to_contain_text(ANSWER)


def test_what_others_say_arrives_without_a_reload(desk: Desk, playground: Playground) -> None:
    playground.people["U2"].says("C2", "Hello")
    entry = desk.page.get_by_role("button", name=re.compile("questions.*new messages"))
    expect(entry).to_be_visible()
    desk.goes("questions")
    expect(desk.page.locator("#messages > .message")).to_contain_text("Hello")
    expect(entry).to_have_count(0)
    question = playground.people["U2"].asks("C2", "What are the goals?")
    expect(desk.page.get_by_role("button", name="1 reply")).to_be_visible()
    playground.people["U2"].deletes(question)
    expect(desk.page.get_by_text("This message was deleted.")).to_be_visible()


def test_an_act_that_fails_says_so(desk: Desk, playground: Playground) -> None:
    said = playground.people["U1"].says("C1", "Soon gone")
    message = desk.page.locator("#messages > .message").last
    desk.chooses(message, "Delete")
    with playground.slack.held():
        playground.slack.workspace.delete(said)
    expect(message).to_have_count(0)
    desk.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(desk.page.get_by_role("alert").filter(has_text="no message")).to_be_visible()


def test_a_forwarded_message_is_asked_about(desk: Desk, playground: Playground) -> None:
    desk.says("What are the goals?")
    said = desk.page.locator("#messages > .message").last
    expect(said).to_contain_text("What are the goals?")
    desk.chooses(said, "Forward")
    prompt = desk.page.get_by_role("dialog", name="Forward this message")
    prompt.get_by_label("Your words above it").fill("do we know?")
    prompt.get_by_role("button", name="Forward").click()
    expect(desk.page.locator("#place-name")).to_have_text("Ask ASPIRE")
    forwarded = desk.page.locator("#messages .forwarded").last
    expect(forwarded).to_contain_text("Forwarded: Alice Martin")
    expect(forwarded).to_contain_text("What are the goals?")
    expect(desk.answer()).to_contain_text(ANSWER)
    assert playground.slack.violations == []


def test_a_group_conversation_is_opened_and_answers(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Group conversation").click()
    prompt = desk.page.get_by_role("dialog", name="Start a group conversation")
    prompt.get_by_label("田中 健").check()
    prompt.get_by_label("佐藤").check()
    prompt.get_by_role("button", name="Start").click()
    expect(desk.page.locator("#place-name")).to_contain_text("田中 健")
    desk.says("hello all")
    desk.asks("What are the goals?")
    expect(desk.answer()).to_contain_text(ANSWER)
    expect(desk.page.locator("#messages > .message")).to_have_count(2)
    expect(desk.page.locator("#activity")).to_contain_text("message.mpim")
    desk.becomes("田中")
    desk.goes("Alice Martin")
    expect(desk.page.locator("#messages")).to_contain_text("hello all")


def test_typed_text_is_kept_while_the_server_is_away(desk: Desk, context: BrowserContext) -> None:
    context.set_offline(True)  # nothing of the page's own can be reached either
    desk.says("What are the goals?")
    expect(desk.page.locator("#trouble")).to_contain_text("does not answer")
    expect(desk.page.locator("#composer-text")).to_have_value("What are the goals?")
    context.set_offline(False)
    desk.page.locator("#composer-text").press("Enter")
    expect(desk.page.locator("#composer-text")).to_have_value("")
    expect(desk.page.locator("#messages > .message").last).to_contain_text("What are the goals?")


def test_a_file_is_shared_and_a_time_zone_chosen(desk: Desk, playground: Playground) -> None:
    desk.page.locator("#composer-text").fill("the guide")
    desk.page.locator("#composer-text-files").set_input_files(
        {"name": "手引き.txt", "mimeType": "text/plain", "buffer": "費用\n".encode()}
    )
    shared = desk.page.locator("#messages > .message").last
    expect(shared).to_contain_text("the guide")
    expect(shared.locator(".file")).to_contain_text("手引き.txt")
    (file,) = playground.slack.workspace.files.values()
    assert file.body == "費用\n".encode()
    zone = desk.page.get_by_label("Your time zone")
    expect(zone).to_have_value("Europe/Paris")
    zone.select_option("America/Lima")
    expect(desk.page.locator("#zone")).to_have_value("America/Lima")
    desk.asks("What are the goals?")
    desk.answer()
    assert playground.slack.workspace.users["U1"].timezone == "America/Lima"


def test_japanese_in_an_english_page_says_so(desk: Desk) -> None:
    desk.asks("旅費は流用できますか")
    answer = desk.answer()
    expect(answer.locator(".section").first).to_have_attribute("lang", "ja")
    desk.page.locator("#thread-close").click()
    desk.asks("What are the goals?")
    expect(desk.answer().locator(".section").first).to_have_attribute("lang", "en")


def test_containers_and_tables_are_shown(desk: Desk, playground: Playground) -> None:
    client = WebClient(token=BOT_TOKEN, base_url=playground.slack.url)
    blocks = [BLOCKS["container"], BLOCKS["table"]]
    client.chat_postMessage(channel="C1", text="shown", blocks=blocks)  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
    shown = desk.page.locator("#messages > .message").last
    inside = shown.locator(".container .inside")
    expect(inside).to_be_hidden()
    shown.locator(".container summary").click()
    expect(inside).to_contain_text("Text")
    expect(shown.get_by_role("columnheader", name="Yen")).to_be_visible()
    expect(shown.get_by_role("cell", name="1,200")).to_have_class("right")


def test_a_long_answer_is_shown_from_its_beginning(desk: Desk, playground: Playground) -> None:
    desk.asks("What are the goals?")
    desk.answer()
    root = playground.slack.workspace.messages("C1")[0]
    client = WebClient(token=BOT_TOKEN, base_url=playground.slack.url)
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"Part {n}: " + "word " * 300}}
        for n in range(6)
    ]
    client.chat_postMessage(channel="C1", thread_ts=root.ts, text="long", blocks=blocks)  # pyright: ignore[reportUnknownMemberType]  as above
    long = desk.page.locator("#replies > .message").last
    expect(long).to_contain_text("Part 5")
    expect(long.locator(".author")).to_be_in_viewport()
