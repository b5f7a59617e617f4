"""The console in a real Chromium: from a link in the local Slack to an answer set right."""

import re
from collections.abc import Generator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from tests.console.stage import EVIL, SATO, Stage, staged
from tests.local_slack.answers import ABSTAINED, GOALS, answer, cite
from tests.local_slack.curator import HEALTHY, HomeCurator
from tests.local_slack.scene import OPTIONS, run_bot, texts_of
from tests.playground.chromium import keep_here
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import Site
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import gap

from aspire_bot.curator import SourceState
from aspire_bot.office.cluster_book import ClusterBook
from aspire_bot.office.cluster_decisions import ClusterDecisions
from aspire_bot.page_links import PageLinks
from aspire_bot.slack.render import buttons
from aspire_bot.state import State
from aspire_bot.state.database.database import utc_now

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
FAULTS = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations
    .filter(one => ["serious", "critical", "moderate"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.target).join(" ")}`);
}"""


@pytest.fixture(scope="module", autouse=True)
def patience() -> Generator[None]:
    """Wait long where the machine is busy."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stage]:
    folder = tmp_path_factory.mktemp("console")
    site = SourceState(name="site", failures=2, problem="slow")
    curator = HomeCurator(
        SiteScene(Site(content={}), folder),
        told=HEALTHY.model_copy(update={"sources": (site,)}),
    )
    embedder = ByTopic()
    with staged(folder, curator=curator, embedder=embedder) as running:
        decide(running.state, embedder)
        yield running


def decide(state: State, embedder: ByTopic) -> None:
    """Have some questions grouped, a group dismissed, and one brought question taken."""
    for name, question in (("n1", "Nights?"), ("n2", "Nights and days?"), ("z1", "Zebras?")):
        state.gaps.add(gap(name, question, asker=name))
    ClusterBook(state=state, embedder=embedder).refresh("T1")
    (zebras,) = (one for one in state.clusters.open_groups(9) if "z1" in one.gap_ids)
    decisions = ClusterDecisions(state=state, team="T1")
    assert decisions.dismiss(zebras.cluster_id or "", "U3", "not ours")
    state.dismissals.add("disliked", "a2", team="T1", user="U3", reason=f"Fine {EVIL}")
    (brought,) = state.escalations.open(9)
    state.escalations.take(brought.escalation_id, "U9")
    state.escalations.set_remind_at(brought.escalation_id, utc_now())


@pytest.fixture
def context(browser: Browser) -> Generator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    opened.set_default_timeout(30_000)
    tried = keep_here(opened)
    yield opened
    opened.close()
    assert tried == []


@pytest.fixture
def page(context: BrowserContext) -> Generator[Page]:
    """A page that must not complain: neither of a script nor of the content security policy."""
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))

    def on_console(said: ConsoleMessage) -> None:
        is_known = "status of 400" in said.text  # what is wrong with a form is said on the page
        if said.type == "error" and not is_known:
            complaints.append(said.text)

    opened.on("console", on_console)
    yield opened
    assert complaints == []
    assert "taken" not in opened.title()


def sign_in(page: Page, stage: Stage, language: str = "en") -> None:
    page.goto(stage.url + stage.sign_in_path(replace(SATO, language=language)))
    page.locator("main button").click()
    expect(page.locator("h1")).to_be_visible()


def test_staff_come_in_from_slack_and_answer_from_the_page(page: Page, tmp_path: Path) -> None:
    with staged(tmp_path) as own:
        links = PageLinks(url=own.url, key=own.state.console_keys.key("page-links"))
        options = replace(OPTIONS, console_url=own.url, page_links=links)
        with run_bot(ABSTAINED, options=options, state=tmp_path / "state.sqlite3") as scene:
            question = scene.alice.asks("C1", "May I take my cat along?")
            scene.settle()
            (reply,) = scene.alice.replies(question)
            scene.alice.clicks(reply, buttons.ESCALATE)
            scene.settle()
            scene.sato.runs("/aspire", "console", channel="C2")
            scene.settle()
            told = "\n".join(
                text for m in scene.sato.sees("C2") if m.ephemeral_to for text in texts_of(m)
            )
            address = re.findall(r"<(http://[^|>]+)", told)[-1]
            page.goto(address)
            page.get_by_role("button").click()
            card = page.locator(".card", has_text="May I take my cat along?").first
            card.locator("textarea").fill("猫は対象外です。<b>")
            card.get_by_role("button").first.click()
            expect(page.get_by_role("status")).to_be_visible()
            scene.settle()
            said = "\n".join(text for m in scene.alice.replies(question) for text in texts_of(m))
            assert "猫は対象外です。&lt;b&gt;" in said
            acts = [row.act for row in own.state.audit.all()]
            assert acts == ["session.begin", "escalation.reply"]
            expect(card).to_have_count(1)
            page.reload()  # sends nothing again
            scene.settle()
            assert len(scene.alice.replies(question)) == 2


def test_a_citation_without_an_address_leads_to_our_page(page: Page, tmp_path: Path) -> None:
    quote = "It funds international joint research."
    with staged(tmp_path) as own:
        with own.parts.open_index() as index:
            start = index.document("goals").text.index(quote)
        goals = replace(GOALS, document_id="goals", url=None)
        citation = replace(cite(1, goals, quote), start=start, end=start + len(quote))
        links = PageLinks(url=own.url, key=b"k" * 32)
        options = replace(OPTIONS, page_links=links)
        with run_bot(answer(f"{quote} [1]", citation), options=options) as scene:
            question = scene.alice.asks("C1", "What does it fund?")
            scene.settle()
            (reply,) = scene.alice.replies(question)
            said = "\n".join(texts_of(reply))
        (address, *_) = re.findall(r"<(http://[^|>]+)", said)
        page.goto(address)
        expect(page.locator("mark")).to_have_text(quote)
        page.goto(f"{own.url}/")
        expect(page).to_have_url(re.compile(r"/console/sign-in$"))


def test_answers_are_searched_as_one_types_and_asked_again(page: Page, stage: Stage) -> None:
    sign_in(page, stage)
    page.goto(f"{stage.url}/answers")
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("searchbox").fill("travel")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile("text=travel"))
    rows.get_by_role("link").click()
    expect(page.get_by_text("0.710")).to_be_visible()
    page.get_by_role("button", name="Ask again now").click()
    expect(page.locator("#today .said")).to_contain_text("The goals are joint research")
    assert stage.answerer.asked[-1].audience == "public"
    page.go_back()


def test_an_approved_answer_is_written_changed_and_withdrawn(page: Page, stage: Stage) -> None:
    sign_in(page, stage)
    page.goto(f"{stage.url}/approved/new?question=g1")
    page.get_by_label("Answer").fill("Up to 5,000 yen a day.")
    page.get_by_label("Valid until").fill("2020-01-01")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_role("alert")).to_contain_text("no day after today")
    page.get_by_label("Valid until").fill("2030-03-31")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".facts")).to_contain_text("being published")
    (made,) = (one for one in stage.state.approvals.all() if one.text.startswith("Up to"))
    assert (made.answer_id, made.approved_by, made.audience) == ("a2", "U3", "public")
    stage.state.approvals.set_status(made.approval_id, "published", document_id="x")
    page.reload()
    page.get_by_label("Answer").fill("Up to 6,000 yen a day.")
    page.get_by_role("button", name="Approve and publish").click()
    (renewed,) = (one for one in stage.state.approvals.all() if "6,000" in one.text)
    assert renewed.answer_id is None  # whoever asked is not told twice
    acts = [row.act for row in stage.state.audit.latest(2)]
    assert acts == ["approval.change", "approval.add"]
    bodies = [row.after for row in stage.state.audit.latest(1)]
    assert bodies[0] is not None
    assert bodies[0]["text"] == "Up to 6,000 yen a day."


PAGES = (
    "/", "/held", "/answers", "/answers/a1", "/answers/a2", "/approved", "/approved/ap1",
    "/approved/new", "/documents", "/documents/show?id=goals", "/sources?whole=yes", "/sources/new",
    "/sources/show?name=site", "/quality", "/questions", "/questions?into=n1",
    "/audit", "/nothing",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out_of_a_page(browser: Browser, stage: Stage, scheme: str) -> None:
    is_dark, width = scheme == "dark", 360 if scheme == "dark" else 1280
    opened = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if is_dark else "light",
        bypass_csp=True,  # for axe alone: the other tests are under the policy
    )
    opened.add_init_script(AXE)
    page = opened.new_page()
    page.goto(f"{stage.url}/sign-in")
    found = {"/sign-in": page.evaluate(FAULTS)}
    sign_in(page, stage, "ja" if is_dark else "en")
    for path in PAGES:
        page.goto(stage.url + path)
        found[path] = page.evaluate(FAULTS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    for name in ("check", "import"):
        page.goto(f"{stage.url}/approved")
        if name == "import":
            page.locator("main details summary").click()
            page.locator("#import").fill("question,answer\nNew?,Yes.\n,No question.\n")
        with page.expect_navigation():  # a click alone does not wait for the page it opens
            page.locator(f"form[action$='{name}'] button").click()
        found[name] = page.evaluate(FAULTS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    opened.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_all_is_done_with_the_keyboard(page: Page, stage: Stage) -> None:
    sign_in(page, stage)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
