"""The questions, asked on 10 April 2026, and the articles that answer them.

`is_held_out` marks those that were written after the rules and changed none of them.
"""

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 4, 10)


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
    _held_out("Tell me which symposia were held in winter 2025", "quantum-symposium"),
    _held_out("What took place between 1 and 20 October 2025?", "materials-workshop"),
    _held_out("Did any visits take place in February 2026?", "energy-visit"),
    _held_out("2026年2月に行われた報告会はありますか?", "bio-debrief"),
    _held_out("来月の予定は?", "seminar-series"),
    _held_out("今月開催されるイベントを一覧で教えて", "seminar-series", "call-briefing"),
    _held_out("What events are coming up?",
              "seminar-series", "call-briefing", "quantum-symposium", "mid-term", "autumn-school"),
    _held_out("Is there a workshop next month?"),
    _held_out("昨年の12月の式典は?", "award"),
    _held_out("List the lectures held in June 2025.", "climate-lecture"),
    _held_out("When did the latest workshop take place?", "materials-workshop"),
    _held_out("前回の成果報告会はいつ行われましたか", "bio-debrief"),
    _held_out("What's on in May 2026?", "seminar-series"),
    _held_out("Recent announcements?", "handbook-change", "call-briefing", "mid-term",
              "autumn-school", "bio-debrief", "call-2026"),
    _held_out("Any meetings in May 2025?"),
    _held_out("2023年に何がありましたか"),
    _held_out("Give me the news of the last four weeks", "handbook-change", "call-briefing",
              "mid-term", "autumn-school"),
    _held_out("Which hydrogen seminars are scheduled for April?", "seminar-series"),
    _held_out("6月に予定されている報告会は?", "mid-term"),
    _held_out("What ASPIRE meetings were held since the beginning of 2026?",
              "quantum-symposium", "energy-visit", "bio-debrief", "seminar-series"),
    _held_out("Who opened the kick-off meeting on 28 March 2025?", "kickoff-semicon"),
    _held_out("2025年10月のワークショップには何名が参加しましたか", "materials-workshop"),
    _held_out("When does the 2026 call close?", "call-2026"),
    _held_out("2026年度公募説明会の申込締切はいつですか", "call-briefing"),
)  # fmt: skip
