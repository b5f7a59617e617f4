"""The questions, asked on 10 April 2026, and the articles that answer them.

`is_held_out` marks those that were written after the rules and changed none of them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

NOW = datetime(2026, 4, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCase:
    """One question; `answers` are names of articles, a translation standing for its original.

    Without any, the documents do not answer it.
    """

    question: str
    answers: frozenset[str]
    is_held_out: bool = False


def _tuned(question: str, *answers: str) -> TimeCase:
    return TimeCase(question=question, answers=frozenset(answers))


def _held_out(question: str, *answers: str) -> TimeCase:
    return TimeCase(question=question, answers=frozenset(answers), is_held_out=True)


CASES: tuple[TimeCase, ...] = (
    _tuned("Which meetings took place in January 2026?", "quantum-symposium"),
    _tuned("Which workshops were held in October 2025?", "materials-workshop"),
    _tuned("2025年10月に開催されたワークショップは?", "materials-workshop"),
    _tuned("令和8年1月に開かれた会議を教えてください", "quantum-symposium"),
    _tuned("What happened last month?", "seminar-series"),
    _tuned("先月は何がありましたか", "seminar-series"),
    _tuned("What happened in February 2026?", "energy-visit", "bio-debrief"),
    _tuned("次のシンポジウムはいつですか", "quantum-symposium"),
    _tuned("When is the next seminar?", "seminar-series"),
    _tuned("Which meetings took place in March 2025?", "kickoff-semicon"),
    _tuned("Were there any forums in December 2025?"),
    _tuned("2024年に開催されたシンポジウムはありますか"),
    _tuned("Which workshops took place in August 2025?"),
    _tuned(
        "What is new since March?", "seminar-series", "bio-debrief", "autumn-school",
        "call-briefing", "call-2026", "handbook-change", "mid-term",
    ),
    _tuned(
        "3月以降の新しいお知らせ", "seminar-series", "bio-debrief", "autumn-school",
        "call-briefing", "call-2026", "handbook-change", "mid-term",
    ),
    _tuned("any news from autumn 2025", "materials-workshop", "cancelled-forum"),
    _tuned("When will the next briefing be held?", "call-briefing"),
    _tuned("When was the last kick-off meeting?", "kickoff-semicon"),
    _tuned("Which events are planned for September 2026?", "autumn-school"),
    _tuned("What was said about battery electrolytes?", "materials-workshop"),
    _tuned("Tell me which symposia were held in winter 2025", "quantum-symposium"),
    _tuned("What took place between 1 and 20 October 2025?", "materials-workshop"),
    _tuned("Did any visits take place in February 2026?", "energy-visit"),
    _tuned("2026年2月に行われた報告会はありますか?", "bio-debrief"),
    _tuned("来月の予定は?", "seminar-series"),
    _tuned("今月開催されるイベントを一覧で教えて", "seminar-series", "call-briefing"),
    _tuned("What events are coming up?",
              "seminar-series", "call-briefing", "quantum-symposium", "mid-term", "autumn-school"),
    _tuned("Is there a workshop next month?"),
    _tuned("昨年の12月の式典は?", "award"),
    _tuned("List the lectures held in June 2025.", "climate-lecture"),
    _tuned("When did the latest workshop take place?", "materials-workshop"),
    _tuned("前回の成果報告会はいつ行われましたか", "bio-debrief"),
    _tuned("What's on in May 2026?", "seminar-series"),
    _tuned("Recent announcements?", "handbook-change", "call-briefing", "mid-term",
              "autumn-school", "bio-debrief", "call-2026"),
    _tuned("Any meetings in May 2025?"),
    _tuned("2023年に何がありましたか"),
    _tuned("Give me the news of the last four weeks", "handbook-change", "call-briefing",
              "mid-term", "autumn-school"),
    _tuned("Which hydrogen seminars are scheduled for April?", "seminar-series"),
    _tuned("6月に予定されている報告会は?", "mid-term"),
    _tuned("What ASPIRE meetings were held since the beginning of 2026?",
              "quantum-symposium", "energy-visit", "bio-debrief", "seminar-series"),
    _tuned("Who opened the kick-off meeting on 28 March 2025?", "kickoff-semicon"),
    _tuned("2025年10月のワークショップには何名が参加しましたか", "materials-workshop"),
    _tuned("When does the 2026 call close?", "call-2026"),
    _tuned("2026年度公募説明会の申込締切はいつですか", "call-briefing"),
    _held_out("Which ceremonies were held in 2025?", "award"),
    _held_out("Show me all events from the first of January to the end of February 2026",
              "quantum-symposium", "energy-visit", "bio-debrief"),
    _held_out("What kick-offs have there been in 2025?", "kickoff-semicon"),
    _held_out("Was there a lecture in June last year?", "climate-lecture"),
    _held_out("What was announced in March 2026?", "bio-debrief", "autumn-school",
              "call-briefing", "call-2026", "handbook-change", "mid-term"),
    _held_out("Has anything happened since Christmas 2030?"),
    _held_out("Which seminars will be held after April?", "seminar-series"),
    _held_out("When is the upcoming autumn school?", "autumn-school"),
    _held_out("What took place on 14 January 2026?", "quantum-symposium"),
    _held_out("1月15日には何が行われていましたか", "quantum-symposium"),
    _held_out("今年の1月から3月に開かれた会合をすべて挙げてください",
              "quantum-symposium", "energy-visit", "bio-debrief", "seminar-series"),
    _held_out("量子分野のシンポジウムで2026年に開催されたものは?", "quantum-symposium"),
    _held_out("来月、セミナーはありますか?", "seminar-series"),
    _held_out("次の説明会の日時を教えてください", "call-briefing"),
    _held_out("一番最近のワークショップはいつ開催されましたか", "materials-workshop"),
    _held_out("今後予定されているイベントを教えてください",
              "seminar-series", "call-briefing", "quantum-symposium", "mid-term", "autumn-school"),
    _held_out("2022年のイベントは?"),
    _held_out("先週のお知らせはありますか", "handbook-change"),
    _held_out("Is there any conference in July 2026?"),
    _held_out("Who gave the lecture in June 2025?", "climate-lecture"),
)  # fmt: skip
