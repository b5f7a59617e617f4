"""What the assistant itself says, in the asker's language. Quotes are never translated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The fixed phrases of one language; braces are filled by the renderer."""

    from_source: str
    edition: str
    abstain: str
    hedged: str
    nearest: str
    contact: str
    separator: str
    sources_differ: str
    as_of: str
    undated: str
    left_open: str
    ask_back: str
    approved: str
    approved_on: str
    told_during: str
    told_next: str
    told_last: str
    told_more: str
    nothing_during: str
    nothing_next: str
    published_on: str
    year_of_title: str
    year_of_publication: str
    told_open: str
    none_open: str
    none_then: str
    open_until: str
    closed_on: str
    due_by: str
    was_due_on: str
    opens_on: str
    opens_and_closes: str
    opened_on: str


_EN = Wording(
    from_source="The source says, in its own language:",
    edition="({edition} edition)",
    abstain="The documents do not say.",
    hedged="This may be what you look for:",
    nearest="Nearest documents: {titles}.",
    contact="Please ask {contact}.",
    separator="; ",
    sources_differ="The sources differ:",
    as_of="(as of {date})",
    undated="(undated)",
    left_open="The documents do not say: “{question}”",
    ask_back="I cannot tell what this is about. Which of these do you mean, or what else?",
    approved="approved by {name}",
    approved_on="approved by {name} on {date}",
    told_during="From the documents ({period}):",
    told_next="Next, as of {today}:",
    told_last="Most recent, as of {today}:",
    told_more="(and more)",
    nothing_during="The documents do not say: they name nothing of the kind then ({period}).",
    nothing_next="The documents do not say: they name nothing of the kind after {today}.",
    published_on="(published {date})",
    year_of_title="({date}; the year is that of the title)",
    year_of_publication="({date}; the year is that of publication)",
    told_open="Open, as of {today}:",
    none_open="None that the documents know is open, as of {today}. The nearest:",
    none_then="None that the documents know is in that time ({period}). The nearest:",
    open_until="(open until {date})",
    closed_on="(closed on {date})",
    due_by="(due by {date})",
    was_due_on="(was due by {date})",
    opens_on="(opens on {date})",
    opens_and_closes="(opens on {opens}, until {date})",
    opened_on="(opened on {date})",
)
_JA = Wording(
    from_source="資料には次のように書かれています(原文のまま)。",
    edition="({edition}版)",
    abstain="資料には記載が見つかりませんでした。",
    hedged="お探しの内容はこちらかもしれません:",
    nearest="近い資料: {titles}。",
    contact="{contact}へお問い合わせください。",
    separator="、",
    sources_differ="資料によって記載が異なります:",
    as_of="({date}現在)",
    undated="(日付の記載なし)",
    left_open="次の点は資料に記載が見つかりませんでした:「{question}」",
    ask_back="何についてのご質問か分かりませんでした。次のどれについてでしょうか(ほかの場合はお書きください)。",
    approved="{name}が承認",
    approved_on="{name}が {date} に承認",
    told_during="資料によると({period}):",
    told_next="次の予定({today}現在):",
    told_last="最も新しいもの({today}現在):",
    told_more="(ほかにもあります)",
    nothing_during="その期間({period})に当たるものは、資料には記載が見つかりませんでした。",
    nothing_next="{today}より後のものは、資料には記載が見つかりませんでした。",
    published_on="({date}掲載)",
    year_of_title="({date}。年は表題による)",
    year_of_publication="({date}。年は掲載日による)",
    told_open="現在応募できるもの({today}現在):",
    none_open="現在応募できるものは、資料には見つかりませんでした({today}現在)。近いもの:",
    none_then="その期間({period})に当たるものは、資料には見つかりませんでした。近いもの:",
    open_until="({date}まで)",
    closed_on="({date}に締切済み)",
    due_by="({date}締切)",
    was_due_on="({date}に期限終了)",
    opens_on="({date}開始予定)",
    opens_and_closes="({opens}から{date}まで)",
    opened_on="({date}開始)",
)


def wording(language: str) -> Wording:
    """Give the phrases of a language; English where there are none."""
    return _JA if language == "ja" else _EN


def written_date(published: str, language: str) -> str:
    """Give `YYYY`, `YYYY-MM` or `YYYY-MM-DD` as it is written in a language."""
    if language != "ja":
        return published
    return "".join(
        f"{int(part)}{sign}" for part, sign in zip(published.split("-"), "年月日", strict=False)
    )
