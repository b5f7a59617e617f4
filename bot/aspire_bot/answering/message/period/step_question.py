"""Whether a question asks if something can still be handed in: a letter of intent, a report. Pure.

"Can I still send a letter of intent?", "has the deadline for abstracts passed" and
事前登録はまだ間に合いますか are answered by the date of what they name, and by no list
of open calls. "I missed the letter of intent. Can I still apply?" asks for the call.
"""

import re

STEPS: dict[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in (
        (
            "intent",
            r"\b(?:letters? of intent|LOIs?|expressions? of interest|EOIs?|notices? of intent)\b"
            r"|意向(?:表明|確認)?書|意向表明|関心表明",
        ),
        (
            "pre-proposal",
            r"\b(?:pre-?proposals?|(?:outline|preliminary) (?:proposals?|applications?)"
            r"|concept (?:notes?|papers?))\b|プレ提案書?|予備(?:提案|申請)書?|概要提案書?",
        ),
        (
            "registration",
            r"\b(?:(?:pre-?)?regist(?:er|rations?)|sign(?:ing)?[ -]?up|enrol\w*|rsvp)\b"
            r"|(?:事前|参加|聴講|利用者)(?:の)?(?:登録|申し?込)"
            r"|(?:参加|説明会|セミナー|シンポジウム|ワークショップ|講演会|研修会?)[^。\d]{0,6}?申し?込"
            r"|参加(?:には|は)[^。]{0,14}申し?込|聴講申込",
        ),
        ("questions", r"\b(?:questions?|queries|query|[ei]nquir(?:y|ies))\b|質問|問い?合わ?せ"),
        ("abstract", r"\babstracts?\b|(?:講演|発表|研究)?要旨|アブストラクト"),
        ("report", r"\breports?\b|\bfinancial statements?\b|報告書?"),
        ("reference", r"\b(?:letters? of (?:recommendation|support)|references?)\b|推薦書|推薦状"),
        ("agreement", r"\b(?:agreements?|contracts?)\b|契約書|同意書|承諾書"),
    )
}  # fmt: skip
"""What is handed in besides a proposal, as questions and documents name it."""

_STILL = re.compile(
    r"\b(?:can|could|may|might|do|are|is)\b.{0,20}\bstill\b"
    r"|\bstill (?:possible|time|able|accept\w*)\b"
    r"|\btoo late\b|\b(?:did|have) (?:i|we) miss(?:ed)?\b|\bin time\b"
    r"|\b(?:has|have|is|are|did|does|was)\b.*\b(?:pass(?:ed)?|over|expired?|closed?|gone|ended)\b"
    r"|まだ|もう|今から|いまから|間に合|過ぎ(?:まし|て|た)|手遅れ|遅い|締め?切(?:ら|り|っ)",
    re.IGNORECASE,
)
_MISSED = re.compile(r"\b(?:did|have) (?:i|we) miss(?:ed)?\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[.,:;?!。]\s*|(?:が|けど|けれども?|ので|から)、|(?:が|けど|けれども?)(?=まだ|もう|今)"
)
_MERELY_THERE = re.compile(
    r"\b(?:without|after|despite|before|with|miss(?:ed|ing)?|no)\s+(?:(?:a|an|the|my|our)\s+)?$",
    re.IGNORECASE,
)
_MERELY_THERE_JA = re.compile(
    r"\s?(?:の提出|を?提出)?(?:なし|が?な[くい]|を?(?:出|送|提出)(?:さず|さない|していな|して)|の?後|せずに)"
)
"""Around what a question names and does not ask about: "apply without a letter of intent"."""
_OF_SEVERAL = re.compile(
    r"\b(?:which|what|any|all|every|list|calls|grants|programm?es)\b|どの|一覧|何が|何か|すべて|全て|ものは",
    re.IGNORECASE,
)
_APPLY = r"(?:apply|submit|send|enter|join|hand|propose|file|get|put|make|go|take|compete)\b"
_OTHERWISE = re.compile(
    r"\b(?:(?:can|could|may) (?:i|we|one|people|you) still|too late (?:for \w+ )?to) "
    rf"(?!{_APPLY})\w+|(?:差し?替え|取り?下げ|修正|訂正|辞退|取り?消)",
    re.IGNORECASE,
)
"""Asks whether something else than applying can still be done."""


def step_asked(folded: str) -> str | None:
    """Give the step, a key of `STEPS`, that a question asks whether it can still be done.

    The widths of `folded` are folded. None where it asks for anything else.
    """
    if _OF_SEVERAL.search(folded):
        return None
    for clause in _CLAUSE.split(folded):
        still = _STILL.search(clause)
        if still is None:
            continue
        for name, pattern in STEPS.items():
            if any(_is_asked_about(clause, found) for found in pattern.finditer(clause)):
                return name
    return None


def names_step(folded: str) -> bool:
    """Whether a question names anything that is handed in besides a proposal."""
    return any(pattern.search(folded) for pattern in STEPS.values())


def is_no_call(folded: str) -> bool:
    """Whether a question asks of one thing that it names, and that is no call: it says a step.

    Or it asks whether something else than applying can be done: "can I still withdraw it".
    """
    if _OF_SEVERAL.search(folded):
        return False
    return bool((names_step(folded) and _STILL.search(folded)) or _OTHERWISE.search(folded))


def _is_asked_about(clause: str, found: re.Match[str]) -> bool:
    before = clause[: found.start()]
    applies = re.search(r"\b(?:apply|applying)\b|応募|申請", before, re.IGNORECASE)
    is_missed = _MISSED.search(before)
    return not (
        applies
        or (_MERELY_THERE.search(before) and not is_missed)
        or _MERELY_THERE_JA.match(clause, found.end())
    )
