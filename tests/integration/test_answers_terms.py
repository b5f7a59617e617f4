"""Which calls are open, what is due: told by comparing documents with the asker's today."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.unit.bot.answering.made import EMBEDDER, Known, index, info

from aspire_bot.answering.message.period.term_question import read_term_question
from aspire_bot.answering.pipeline import AnswerPipeline
from aspire_bot.answering.quotes.citations import holds, markers_match
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import build_pipeline
from aspire_bot.settings import Settings
from aspire_ingest.index import Document, DocumentInfo

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
Documents = tuple[tuple[str, DocumentInfo], ...]
CALLS: Documents = (
    (
        "# Linden call\n\nThe Linden call opens on 1 October 2026 and closes on 18 December 2026.",
        info("linden", title="Linden call", kind="call"),
    ),
    (
        "# Maple call\n\nThe Maple call for proposals closed on 31 May 2024.",
        info("maple", title="Maple call", kind="call"),
    ),
    (
        "# Hazel call\n\nThe Hazel call opens on 12 January 2027 and closes on 9 March 2027.",
        info("hazel", title="Hazel call", kind="call"),
    ),
    (
        "# 楠公募\n\n楠公募の募集期間は2026年11月2日(月)から2027年1月15日(金)正午までです。",
        info("kusu", title="楠公募", kind="call", language="ja"),
    ),
    (
        "# 報告書\n\n実績報告書は2026年12月25日までに提出してください。",
        info("report", title="実績報告書", language="ja"),
    ),
)


def pipeline(now: datetime = NOW, timezone: str = "Asia/Tokyo") -> AnswerPipeline:
    settings = Settings(home=Path("nowhere"), timezone=timezone)
    return build_pipeline(settings, EMBEDDER, now=lambda: now)


def ask(
    question: str,
    documents: Documents = CALLS,
    *,
    asked_at: datetime | None = None,
    timezone: str | None = None,
) -> Answer:
    made = index(*documents)
    asked = Question(text=question, asked_at=asked_at, timezone=timezone)
    answer = pipeline().answer(asked, made)
    texts: dict[str, Document] = {
        c.document.document_id: made.document(c.document.document_id) for c in answer.citations
    }
    assert all(holds(c, texts[c.document.document_id]) for c in answer.citations)
    assert markers_match(answer.text, answer.citations)
    return answer


def told(answer: Answer) -> list[str]:
    return [citation.document.document_id for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Which calls are open?", ["linden", "kusu"]),
        ("今応募できる公募は?", ["linden", "kusu"]),
        ("募集中の公募を教えてください", ["linden", "kusu"]),
        ("Which deadlines are coming up?", ["linden", "report", "kusu", "hazel"]),
        ("what closes in December", ["linden", "report"]),
        ("12月の締切は何がありますか?", ["linden", "report"]),
        ("What happens on 18 December 2026?", ["linden"]),
        ("Which calls closed in May 2024?", ["maple"]),
        ("When are the deadlines?", ["linden", "report", "kusu", "hazel"]),
    ],
)
def test_what_is_open_or_due_is_listed(question: str, documents: list[str]) -> None:
    answer = ask(question)
    assert (answer.outcome, told(answer)) == ("answered", documents)


@pytest.mark.parametrize(
    "question",
    [
        "Which call closed last?",
        "what was the most recent call to close",
        "recently closed calls",
        "最近締め切られた公募は?",
        "直近で終了した募集はどれですか",
    ],
)
def test_what_closed_last_is_told_however_long_ago_that_was(question: str) -> None:
    answer = ask(question)
    assert (answer.outcome, told(answer)) == ("answered", ["maple"])


def test_where_nothing_was_due_in_a_past_time_what_is_past_is_named_first() -> None:
    assert told(ask("Which deadlines were there in June 2025?"))[0] == "maple"


def test_what_is_past_is_called_closed_and_what_has_not_begun_is_not_called_open() -> None:
    assert "(closed on 31 May 2024)" in ask("Which calls closed in May 2024?").text
    hazel = ask("Which deadlines are coming up?").text.splitlines()[-1]
    assert "(opens on 12 January 2027, until 9 March 2027)" in hazel


def test_none_is_an_answer_and_names_the_nearest_that_closed() -> None:
    answer = ask("Which calls are open?", (CALLS[1],))
    assert answer.outcome == "answered"
    assert answer.text.startswith("None that the documents know is open, as of 28 November 2026.")
    assert "(closed on 31 May 2024)" in answer.text
    assert ask("Which calls are open?", ()).outcome == "abstained"


@pytest.mark.parametrize(
    ("asked_at", "timezone", "is_open"),
    [
        ("2026-12-18T23:30:00+09:00", "Asia/Tokyo", True),
        ("2026-12-19T00:30:00+09:00", "Asia/Tokyo", False),
        ("2026-12-18T23:30:00+01:00", "Asia/Tokyo", False),  # it is morning there
        ("2026-12-19T00:30:00+09:00", "Europe/Paris", False),  # afternoon here, over there
        ("2026-12-19T02:00:00+13:00", "Pacific/Auckland", True),  # tomorrow here, evening there
    ],
)
def test_a_day_is_over_when_it_is_in_japan_wherever_the_asker_is(
    asked_at: str, timezone: str, is_open: bool
) -> None:
    moment = datetime.fromisoformat(asked_at)
    answer = ask("Which calls are open?", (CALLS[0],), asked_at=moment, timezone=timezone)
    assert ("(open until 18 December 2026)" in answer.text) is is_open
    assert ("(closed on 18 December 2026)" in answer.text) is not is_open


def test_who_does_not_say_when_is_told_the_day_by_the_zone_of_the_settings() -> None:
    made, late = index(CALLS[0]), datetime(2026, 12, 18, 16, tzinfo=UTC)  # 1:00 in Tokyo
    question = Question(text="Which calls are open?")
    tokyo, paris = pipeline(late), pipeline(late, "Europe/Paris")
    assert "as of 19 December 2026" in tokyo.answer(question, made).text
    assert "as of 18 December 2026" in paris.answer(question, made).text
    assert "closed on" in paris.answer(question, made).text
    assert "open until" in pipeline(late - timedelta(hours=2)).answer(question, made).text


def test_a_deadline_of_an_edition_that_a_newer_one_replaces_is_not_ahead() -> None:
    text = "# Oak rules\n\nApplications close on {day}."
    old = info("old", title="Oak rules FY2025", kind="guideline", edition="FY2025")
    new = info("new", title="Oak rules FY2026", kind="guideline", edition="FY2026")
    documents = (
        (text.format(day="20 December 2026"), old),
        (text.format(day="22 December 2026"), new),
    )
    assert told(ask("Which deadlines are coming up?", documents)) == ["new"]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Which calls of the NCSF are open?", ["alder"]),
        ("open calls of NCSF", ["alder"]),
        ("NCSFの公募で今開いているものは?", ["alder"]),
        ("Which calls of FYLF are open now?", ["birch"]),
        ("FYLFの公募で今開いているものは", ["birch"]),
    ],
)
def test_calls_are_listed_of_the_agency_that_is_asked_of(
    question: str, documents: list[str]
) -> None:
    text = "# {name} call\n\nThe {name} call closes on {day} December 2026."
    calls = tuple(
        (text.format(name=name, day=day), info(name.lower(), title=f"{name} call", publisher=by))
        for name, day, by in (
            ("Alder", 20, "North Coast Science Fund (NCSF)"),
            ("Birch", 21, "FYLF, Office of Calls"),
            ("Cedar", 22, None),
        )
    )
    assert told(ask(question, calls)) == documents


def test_what_others_have_open_is_told_behind_the_programme() -> None:
    text = "# {name}\n\n{what} of {name} {verb} on {day} December 2026."
    documents = (
        (
            text.format(name="Alder", what="The call", verb="closes", day=12),
            info("alder", title="Alder call", kind="call"),
        ),
        (
            text.format(name="ASPIRE", what="The call", verb="closes", day=20),
            info("own", title="ASPIRE call", kind="call"),
        ),
        (
            text.format(name="Cedar", what="Lunch boxes", verb="are due", day=14),
            info("cedar", title="Cedar kitchen"),
        ),
    )
    assert told(ask("Which calls are open?", documents)) == ["own", "alder"]
    assert told(ask("what is due in December", documents)) == ["own", "alder"]
    assert told(ask("Which Alder calls are open?", documents)) == ["alder"]


@pytest.mark.parametrize(
    ("known", "documents"),
    [
        ({"published": "2026-10-01"}, ["hazel-call"]),
        ({"published": "2026-10-02"}, ["hazel-call", "hashibami"]),
        ({"published": "2026-10-01", "publisher": "榛財団"}, ["hazel-call", "hashibami"]),
        ({"published": "2026-10-01", "title": "NIRE（楡）公募"}, ["hazel-call", "hashibami"]),
    ],
)
def test_a_call_told_in_two_languages_is_told_once(known: Known, documents: list[str]) -> None:
    english: Known = {
        "title": "HAZEL call",
        "published": "2026-10-01",
        "publisher": "Hazel Foundation (HZF)",
    }
    japanese: Known = {"title": "榛（HAZEL）公募", "publisher": "榛財団（HZF）", "language": "ja"}
    calls = (
        (
            "# HAZEL call\n\nApplications close on 18 December 2026.",
            info("hazel-call", **english),
        ),
        (
            "# 榛公募\n\n応募の締切は2026年12月18日です。",
            info("hashibami", **{**japanese, **known}),
        ),
    )
    assert told(ask("Which calls are open?", calls)) == documents


@pytest.mark.parametrize(
    "question",
    [
        "When does the Linden call close?",
        "When does the 2026 call close?",
        "How do I apply for the Linden call?",
        "楠公募の締切はいつですか",
    ],
)
def test_what_documents_say_themselves_is_searched_for(question: str) -> None:
    assert "From the documents" not in ask(question).text
    assert "as of" not in ask(question).text


_BY_CLASS = """# Hornbeam: Guideline for proposals

| Step | Beam | Twig |
| --- | --- | --- |
| Deadline for the proposal | 18 December 2026 | 29 January 2027 |

Money that is left is returned by 31 December following the end of the project.
"""
_BY_CLASS_JA = """# 榛公募要領

| 手続き | 幹型 | 枝型 |
| --- | --- | --- |
| 応募締切 | 2026年12月18日 | 2027年1月29日 |

会計実績報告書は翌年度の12月31日までに提出してください。
"""


@pytest.mark.parametrize(
    ("question", "text", "day"),
    [
        ("Is the Twig call still open?", _BY_CLASS, "29 January 2027"),
        ("Is the Beam call still open?", _BY_CLASS, "18 December 2026"),
        ("枝型の公募はまだ開いていますか?", _BY_CLASS_JA, "2027年1月29日"),
    ],
)
def test_of_a_class_in_the_head_of_a_column_only_its_own_day_is_told(
    question: str, text: str, day: str
) -> None:
    language = "en" if text is _BY_CLASS else "ja"
    title = text.splitlines()[0][2:]
    named = info("by-class", title=title, kind="guideline", language=language)
    answer = ask(question, ((text, replace(named, published="2026-10-01")),))
    assert len(answer.citations) == 1
    assert day in answer.text.rpartition("(")[2] or day in answer.text.rpartition("（")[2]


def test_who_asks_for_deadlines_of_applying_is_told_of_no_reports() -> None:
    assert told(ask("12月の締切は?")) == ["linden", "report"]
    assert told(ask("12月の応募の締切は?")) == ["linden"]
    assert told(ask("Which application deadlines are in December 2026?")) == ["linden"]


@pytest.mark.parametrize(
    "question", ["Until when can I apply for Linden?", "What is the last day to apply for Linden?"]
)
def test_until_when_one_can_apply_is_told_of_the_call_that_is_named(question: str) -> None:
    answer = ask(question)
    assert told(answer) == ["linden"]
    assert "18 December 2026" in answer.text


_CONTACTS = """# Hornbeam: call for proposals

The Hornbeam call closes on 18 December 2026.

## Contacts

| Desk | Name | Telephone |
| --- | --- | --- |
| Contracts and accounts | Tachibana | 0952-00-1111 |
| Travel | Segawa | 0952-00-2222 |
"""
_CONTACTS_JA = """# 榛公募要領

榛公募の応募締切は2026年12月18日です。

## 問い合わせ先

| 部署 | 担当 | 電話 |
| --- | --- | --- |
| 経理・契約 | 橘 | 0952-00-1111 |
| 旅費 | 瀬川 | 0952-00-2222 |
"""
_CLASSES = """# Hornbeam: call for proposals

The Hornbeam call closes on 18 December 2026.

## Classes

| Class | For whom |
| --- | --- |
| Twig | those who begin |
| Beam | those who lead |
"""


@pytest.mark.parametrize(
    ("question", "text", "is_told"),
    [
        ("Is Twig still open?", _CLASSES, True),
        ("Are contracts still open?", _CONTACTS, False),
        ("Is travel still open?", _CONTACTS, False),
        ("契約はまだ募集していますか?", _CONTACTS_JA, False),
    ],
)
def test_a_row_of_contacts_is_no_class_of_a_call(question: str, text: str, is_told: bool) -> None:
    language = "ja" if text is _CONTACTS_JA else "en"
    named = info("contacts", title=text.splitlines()[0][2:], kind="call", language=language)
    answer = ask(question, ((text, named),))
    is_day_told = ("18" in answer.text and "open until" in answer.text) or "まで" in answer.text
    assert is_day_told is is_told, answer.text


TWO_ON_A_PAGE: Documents = (
    (
        "# Winter calls: Reef Logistics and Reef Rescue\n\n"
        "## Reef Logistics\n\nApplication window: 15 October 2026 – 31 January 2027\n\n"
        "Berths for one season.\n\n"
        "## Reef Rescue\n\nApplication window: 10 December 2026 – 12 February 2027\n\n"
        "Money for old measurements.",
        info("reef", title="Winter calls: Reef Logistics and Reef Rescue", kind="call"),
    ),
    (
        "# 湊材料賞・湊奨励賞の候補者の推薦\n\n"
        "【湊材料賞】\n\n推薦は2026年10月20日から2027年2月20日まで受け付けます。\n\n"
        "【湊奨励賞】\n\n応募は2027年1月12日に始まり、3月12日に終わります。",
        info("minato", title="湊材料賞・湊奨励賞の候補者の推薦", kind="call", language="ja"),
    ),
)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Is Reef Rescue open yet?", "10 December 2026"),
        ("Is Reef Logistics open?", "31 January 2027"),
        ("湊奨励賞にはもう応募できますか?", "2027年1月12日"),
        ("湊材料賞にはもう応募できますか?", "2027年2月20日"),
    ],
)
def test_of_two_calls_on_a_page_the_one_that_is_named_is_told(question: str, day: str) -> None:
    answer = ask(question, TWO_ON_A_PAGE)
    assert day in answer.text
    (citation,) = answer.citations[:1]
    other = {
        "Rescue": "31 January",
        "Logistics": "10 December",
        "奨励": "2月20日",
        "材料": "3月12日",
    }
    assert all(said not in answer.text for name, said in other.items() if name in question)
    assert citation.quote


def test_until_when_ones_own_university_wants_it_is_no_question_of_open_calls() -> None:
    today = NOW.date()
    assert read_term_question("By when must the faculty know that I apply?", (), today) is None
    assert read_term_question("学内ではいつまでに申請すればよいですか", (), today) is None
    assert read_term_question("By when must I apply to the Linden call?", (), today)
