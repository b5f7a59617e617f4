"""Made-up articles in two languages: reports, announcements, a calendar, and what looks like them.

Each is written as a site would write it; when what it tells of took place is known to the questions
alone. Traps: deadlines, publications, cancelled meetings, habits, years that nobody can tell.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

SITE = "https://example.org/aspire"


class Article(BaseModel):
    """One article; `published` is left out of what is not dated."""

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    language: str
    text: str
    published: str | None = None
    kind: str = "news"
    site: str = SITE

    def written(self) -> str:
        """As a Markdown file with front matter."""
        date = f"date: {self.published}\n" if self.published else ""
        head = f'title: "{self.title}"\nurl: {self.site}/{self.name}.html\n{date}'
        return (
            f"---\n{head}language: {self.language}\nkind: {self.kind}\n---\n\n"
            f"# {self.title}\n\n{self.text}\n"
        )


def _en(name: str, title: str, published: str | None, text: str, kind: str = "news") -> Article:
    return Article(name=name, title=title, language="en", published=published, text=text, kind=kind)


def _ja(name: str, title: str, published: str | None, text: str, kind: str = "news") -> Article:
    return Article(name=name, title=title, language="ja", published=published, text=text, kind=kind)


ARTICLES: tuple[Article, ...] = (
    _en(
        "materials-workshop_e",
        "ASPIRE materials workshop in Sendai",
        "2025-10-20",
        "The ASPIRE materials field held its second workshop in Sendai on October 2 and 3, 2025. "
        "Forty researchers from six countries compared notes on battery electrolytes.\n\n"
        "Proceedings will be submitted by December 15, 2025.",
    ),
    _ja(
        "materials-workshop",
        "ASPIRE 材料分野ワークショップを仙台で開催",
        "2025-10-20",
        "ASPIRE材料分野の第2回ワークショップを、2025年10月2日(木)から3日(金)まで仙台で開催しました。"
        "6か国から40名の研究者が参加し、電池の電解質について意見を交わしました。",
    ),
    _en(
        "quantum-symposium_e",
        "International symposium on quantum links",
        "2026-01-30",
        "An international symposium on quantum links took place at Kyoto on January 14-16, 2026. "
        "It was organised by two ASPIRE projects.\n\nThe next one is planned for June 2026.",
    ),
    _ja(
        "quantum-symposium",
        "量子リンク国際シンポジウム開催報告",
        "2026-01-30",
        "ASPIREの2課題が主催する量子リンク国際シンポジウムが、令和8年1月14日~16日に京都で開かれました。",
    ),
    _en(
        "energy-visit",
        "Delegation from Norway at the ASPIRE energy laboratories",
        "2026-02-17",
        "On February 12 a delegation of the Norwegian research council visited the ASPIRE energy "
        "laboratories in Nagoya and talked to young researchers.",
    ),
    _ja(
        "bio-debrief",
        "バイオ分野 成果報告会",
        "2026-03-05",
        "ASPIREバイオ分野の成果報告会が2月25日、東京で行われました。8課題の代表者が1年間の成果を"
        "発表し、応募締切が4月30日の次期公募についても説明がありました。",
    ),
    _en(
        "seminar-series",
        "ASPIRE online seminar series 2026",
        "2026-02-01",
        "The series is open to everyone.\n\n"
        "| Date | Seminar | Speaker |\n| --- | --- | --- |\n"
        "| 2026-03-10 | Seminar on spin waves | A. Moe |\n"
        "| 2026-04-21 | Seminar on hydrogen storage | B. Roe |\n"
        "| 2026-05-19 | Seminar on gene drives | C. Poe |\n",
        kind="about",
    ),
    _en(
        "autumn-school",
        "ASPIRE autumn school for doctoral students",
        "2026-03-16",
        "Date: 7 September 2026 to 11 September 2026\n\nVenue: Hakodate\n\n"
        "The autumn school brings thirty doctoral students together. Applications close on "
        "31 May 2026.",
        kind="call",
    ),
    _ja(
        "call-briefing",
        "2026年度公募説明会のご案内",
        "2026-03-25",
        "ASPIREの2026年度公募について、説明会をオンラインで開催します。\n\n"
        "日時: 2026年4月24日(金)14:00~15:30\n\n場所: オンライン\n\n"
        "申込締切は2026年4月20日です。",
    ),
    _en(
        "kickoff-semicon",
        "Kick-off of the ASPIRE semiconductor projects",
        "2025-04-11",
        "The kick-off meeting of the semiconductor projects was held at Hiroshima on "
        "Friday, March 28. Dr. Ito opened the meeting.",
    ),
    _en(
        "cancelled-forum",
        "ASPIRE forum in Osaka",
        "2025-11-28",
        "The ASPIRE forum of 5 December 2025 in Osaka is cancelled. A new date will be announced.",
    ),
    _en(
        "call-2026",
        "ASPIRE call for proposals 2026",
        "2026-03-02",
        "The ASPIRE call for proposals opened on March 2, 2026 and closes on May 29, 2026. "
        "Results are announced in October 2026.",
        kind="call",
    ),
    _ja(
        "handbook-change",
        "事務処理要領の更新について",
        "2026-03-31",
        "ASPIREの事務処理要領を2026年3月31日に更新しました。2026年4月1日から適用します。",
        kind="guideline",
    ),
    _en(
        "rules-meetings",
        "How ASPIRE projects meet",
        "2024-04-01",
        "Every ASPIRE project holds an annual meeting in March. The minutes are sent to the office "
        "by 30 April.",
        kind="guideline",
    ),
    _en(
        "undated-visit",
        "A visit to the ASPIRE clean room",
        None,
        "The visit took place on 9 May. The clean room was shown to twenty guests.",
    ),
    _en(
        "award",
        "Award for an ASPIRE researcher",
        "2025-12-10",
        "Dr. Sato received the Materials Prize for work within ASPIRE. The award ceremony was held "
        "in Stockholm on 8 December 2025.",
    ),
    _ja(
        "joint-statement",
        "日独共同声明の署名",
        "2025-06-30",
        "ASPIREに関する日独共同声明は2025年6月27日に署名されました。",
    ),
    _en(
        "climate-lecture",
        "Lecture on climate models at ASPIRE",
        "2025-06-12",
        "Professor Lind gave a lecture on climate models. The lecture was hosted by the ASPIRE "
        "office on June 10, 2025 in Tsukuba.",
    ),
    _ja(
        "mid-term",
        "ASPIRE通信分野 中間報告会のお知らせ",
        "2026-03-20",
        "ASPIRE通信分野の中間報告会を6月18日に横浜で開催する予定です。参加登録は5月31日までです。",
    ),
    Article(
        name="crest-symposium",
        title="CREST symposium",
        language="en",
        published="2026-01-25",
        text="The CREST symposium on catalysis was held in Nara on January 20, 2026.",
        site="https://example.org/crest",
    ),
    _en(
        "people",
        "People of ASPIRE",
        None,
        "Dr. Ito was born on 3 January 1960 and joined the programme in April 2023.",
        kind="people",
    ),
)


def write(folder: Path) -> None:
    """Write the articles as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in ARTICLES:
        (folder / f"{article.name}.md").write_text(article.written(), encoding="utf-8")
