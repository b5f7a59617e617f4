"""What the site holds: reports in pairs, a guideline as PDF, lists, and the usual oddities."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

REPORTS = 24
"""In each of the two languages, as a rule."""

_FIELDS = (
    ("quantum sensing", "量子センシング"),
    ("battery materials", "電池材料"),
    ("plant immunity", "植物免疫"),
    ("semiconductor lasers", "半導体レーザー"),
    ("ocean modelling", "海洋モデリング"),
    ("protein design", "タンパク質設計"),
    ("robot hands", "ロボットハンド"),
    ("hydrogen storage", "水素貯蔵"),
)
_TOWNS = (
    ("Sendai", "仙台"),
    ("Kobe", "神戸"),
    ("Sapporo", "札幌"),
    ("Fukuoka", "福岡"),
    ("Nara", "奈良"),
)


@dataclass(frozen=True)
class Resource:
    """What is served at one path."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    validator: str = "etag"
    """`etag`, `date` or nothing."""


def new_content(reports: int = REPORTS) -> dict[str, Resource]:
    """All that the site serves, by path; oddities of behaviour are the server's."""
    content: dict[str, Resource] = {}
    for number in range(1, reports + 1):
        content[f"/aspire/report/{number:02}.html"] = Resource(report(number, "ja"))
        content[f"/aspire/report/{number:02}_e.html"] = Resource(
            report(number, "en"), validator="date" if number % 5 == 0 else "etag"
        )
    content |= {
        "/aspire/": Resource(_list("ja", reports)),
        "/aspire/en/": Resource(_list("en", reports)),
        "/aspire/about.html": Resource(_about("ja")),
        "/aspire/en/about_en.html": Resource(_about("en")),
        "/aspire/private/notes.html": Resource(page("Notes", "en", "Not for robots at all. " * 9)),
        "/aspire/hidden.html": Resource(
            page("Hidden", "en", "This page asks to be left out. " * 9,
                 head='<meta name="robots" content="noindex">')
        ),
        "/aspire/files/guideline_2025.pdf": Resource(guideline(2025), "application/pdf"),
        "/aspire/files/guideline_2026.pdf": Resource(guideline(2026), "application/pdf"),
        "/robots.txt": Resource(
            b"User-agent: *\nDisallow: /aspire/private/\nCrawl-delay: 0\n", "text/plain"
        ),
    }  # fmt: skip
    return content


def page(title: str, language: str, *paragraphs: str, head: str = "", links: str = "") -> bytes:
    """One page with the furniture of the site in its main part."""
    contact = (
        "For inquiries please write to the international department of the agency."
        if language == "en"
        else "お問い合わせは国際部までお願いいたします。"
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title} | Agency</title>{head}</head>'
        f"<body><nav><a href='/aspire/'>Top</a></nav><main><h1>{title}</h1>{body}"
        f"<p>{contact}</p>{links}</main></body></html>"
    ).encode()


def report(number: int, language: str, more: str = "") -> bytes:
    """A report of a meeting, with a link to its other language."""
    field, town = _FIELDS[number % len(_FIELDS)], _TOWNS[number % len(_TOWNS)]
    mine, other = (f"{number:02}_e", f"{number:02}") if language == "en" else (
        f"{number:02}", f"{number:02}_e")  # fmt: skip
    head = (
        f'<link rel="alternate" hreflang="{"ja" if language == "en" else "en"}"'
        f' href="/aspire/report/{other}.html">'
        f'<link rel="canonical" href="/aspire/report/{mine}.html">'
    )
    if language == "en":
        title = f"Meeting {number} on {field[0]} in {town[0]}"
        text = (
            f"Researchers of {field[0]} met in {town[0]} on day {number} of the month. They spoke "
            f"about joint work number {number} with partners abroad.",
            f"The project of team {number} receives {number * 3} million yen over five years. "
            f"{number + 10} young researchers went abroad for it. {more}",
            f"Partners of country {number} took part from afar. The next meeting of the group on "
            f"{field[0]} is planned {number} months later, and is open to students as well.",
        )
    else:
        title = f"{field[1]}に関する第{number}回会合({town[1]})"
        text = (
            f"{field[1]}の研究者が{number}日に{town[1]}で会合を開いた。"
            f"海外の相手と{number}件目の共同研究について議論した。",
            f"第{number}班の課題には5年間で{number * 3}百万円が支給される。"
            f"若手研究者{number + 10}人が海外に渡航した。{more}",
            f"{number}か国の相手も遠隔で参加した。次回の会合は{number}か月後に予定されており、"
            f"{field[1]}を学ぶ学生も参加できる。会合の記録は後日公開される予定である。",
        )
    return page(title, language, *text, head=head)


def guideline(year: int) -> bytes:
    """A guideline of a fiscal year."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    lines = (
        "Guideline for applicants",
        f"This guideline holds for applications of fiscal year {year}.",
        f"Travel of students is paid up to {year - 1000} thousand yen a year.",
        "A principal investigator belongs to an institution in the country.",
        "Reports are due within sixty days after the end of each year.",
    )
    for number, line in enumerate(lines):
        canvas.drawString(72, 750 - 30 * number, line)
    canvas.save()
    return buffer.getvalue()


def _list(language: str, reports: int) -> bytes:
    suffix = "_e" if language == "en" else ""
    links = [f"/aspire/report/{number:02}{suffix}.html" for number in range(1, reports + 1)]
    if language == "en":
        links += ["/aspire/en/about_en.html", "/aspire/files/guideline_2025.pdf"]
        links += ["/aspire/files/guideline_2026.pdf#page=2", "/elsewhere/outside.html"]
        links += ["/aspire/report/03_e.html?utm_source=top&fbclid=x", "/aspire/old-about.html"]
        links += ["/aspire/report/04_e.html?print=1", "/aspire/never-was.html", "/aspire/logo.png"]
        links += ["/aspire/private/notes.html", "/aspire/hidden.html", "mailto:a@example.org"]
        links += ["/aspire/moved-away.html"]
    else:
        links += ["/aspire/en/", "/aspire/about.html", "/aspire/broken.html", "/aspire/cut.html"]
        links += ["/aspire/slow.html"]
    listed = "".join(f'<li><a href="{link}">{link[-12:]}</a></li>' for link in links)
    intro = "All meetings of the programme." if language == "en" else "事業の会合の一覧である。"
    return page("Meetings" if language == "en" else "会合一覧", language, intro * 9,
                links=f"<ul>{listed}</ul>")  # fmt: skip


def _about(language: str) -> bytes:
    if language == "en":
        return page(
            "About the programme",
            language,
            "The programme links top researchers of this country with those abroad. " * 3,
            "It funds joint research for five years and young researchers' travel. " * 3,
        )
    return page(
        "事業について",
        language,
        "本事業は国内外のトップ研究者をつなぐ。" * 4,
        "5年間の共同研究と若手研究者の渡航を支援する。" * 4,
    )
