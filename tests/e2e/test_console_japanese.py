"""The console as a Japanese member of staff reads it: no English of ours is left on any page."""

import html
import re
import tomllib
from collections.abc import Generator, Mapping
from dataclasses import replace
from importlib import resources
from typing import cast

import httpx
import pytest
from tests.console.seed import STATUS, seed
from tests.console.stage import SATO, Stage, staged
from tests.local_slack.curator import HomeCurator
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import Site

from aspire_bot.curator import Run
from aspire_bot.slack.staff.audit import approval_facts
from aspire_bot.state import State
from aspire_bot.state.console.audit import Act
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote

_TAG = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(?:aria-label|placeholder|alt|title)="([^"]*)"')
_PAGES = (
    *("/", "/answers", "/answers/w11n5", "/answers/none", "/approved", "/approved/ap1"),
    *("/approved/new", "/documents", "/documents/show?id=goals", "/sources/new"),
    *("/sources?whole=yes", "/held", "/questions", "/quality", "/audit", "/nothing", "/d/x"),
)
_HELD = STATUS.held[0].model_copy(update={"reason": "marked CONFIDENTIAL"})
_TOLD = STATUS.model_copy(
    update={
        "runs": (Run(run="20261129T003000.123Z-sync", outcome="in part", failed=1),),
        "held": (_HELD,),
        "next_sync": "2026-11-30T06:00:00+09:00",
    }
)


def _full(state: State) -> None:
    seed(state)
    state.feedback.vote("w11n5", "U9", "down", reason="outdated", comment="古い")
    sides = (
        StatedQuote(document_id="goals", title="目標", quote="5円", start=0, end=2),
        StatedQuote(document_id="guide", title="手引き", quote="6円", start=0, end=2),
    )
    pair = Contradiction(pair_id="p1", quotes=sides, index_version="1", found_at=utc_now())
    state.contradictions.replace([pair])
    (first, *_) = state.approvals.all()
    state.audit.record(
        Act(surface="slack", team="T1", actor="U3", act="approval.withdraw", target="ap1",
            before=approval_facts(first))
    )  # fmt: skip


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stage]:
    folder = tmp_path_factory.mktemp("console")
    curator = HomeCurator(SiteScene(Site(content={}), folder), told=_TOLD)
    with staged(folder, curator=curator, fill=_full) as running:
        yield running


@pytest.fixture(scope="module")
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, timeout=60) as client:
        client.post(stage.sign_in_path(replace(SATO, language="ja", name="佐藤")))
        yield client


def _english() -> set[str]:
    """The console's English phrases between what they fill in: those that are words and no name."""
    file = resources.files("aspire_bot.messages") / "en.toml"
    table: Mapping[str, Mapping[str, object]] = tomllib.loads(file.read_text("utf-8"))
    japanese = resources.files("aspire_bot.messages").joinpath("ja.toml").read_text("utf-8")

    def values(node: object) -> Generator[str]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Mapping):
            for one in cast("Mapping[str, object]", node).values():
                yield from values(one)

    said = {name: table[name] for name in ("console", "curating")}
    parts = {part.strip(" .:,") for one in values(said) for part in re.split(r"\{\w*\}", one)}
    return {one for one in parts if len(one) > 5 and one not in japanese}


def _seen(page: str) -> str:
    """What a reader of a page sees or hears, but for facts of the log, which are data."""
    body = re.sub(r"<pre>.*?</pre>", "", page.partition("<body>")[2], flags=re.DOTALL)
    heard = " ".join(_ATTRIBUTE.findall(body))
    return html.unescape(f"{_TAG.sub(' ', body)} {heard}")


@pytest.mark.parametrize("path", _PAGES)
def test_no_english_of_ours_is_left(sato: httpx.Client, path: str) -> None:
    page = sato.get(path)
    assert page.status_code < 500
    assert '<html lang="ja">' in page.text
    seen = _seen(page.text)
    left = {one for one in _english() if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", seen)}
    assert left == set()
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:", seen), "a moment as programs write it"
    assert not re.search(r"\b\w+\.\w+_?(?:begin|withdraw|decide|change)\b", seen)


def test_what_the_other_program_says_is_japanese(sato: httpx.Client) -> None:
    held = _seen(sato.get("/held").text)
    assert "表示: CONFIDENTIAL" in held
    sources = _seen(sato.get("/sources?whole=yes").text)
    assert "2026-11-29 09:30 sync" in sources
    assert "一部失敗" in sources
    assert "2026-11-30 06:00" in sources
    answer = _seen(sato.get("/answers/w11n5").text)
    assert "情報が古い" in answer
    assert "承認済み回答を取り下げ" in _seen(sato.get("/audit").text)


def test_a_source_is_added_from_where_answers_are_missing(sato: httpx.Client) -> None:
    questions = sato.get("/").text.partition('aria-labelledby="gaps"')[2].partition("</section>")[0]
    assert "/sources/new" in questions
    assert "情報源を追加" in questions


def test_a_refused_request_says_what_to_do(sato: httpx.Client) -> None:
    assert "上のメニュー" in _seen(sato.get("/sign-out").text)
    assert "開き直して" in _seen(sato.post("/sign-out").text)
