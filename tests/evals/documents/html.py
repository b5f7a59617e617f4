"""Web pages written by hand, as sites and content systems write them."""

from tests.evals.documents.case import DocumentCase

_FILL = (
    "The Alder office supports visits of young researchers to laboratories abroad. Each visit has "
    "a host who signs a plan before it begins, and a report follows within sixty days."
)
_FILL_JA = (
    "榛名財団は、若手研究者の海外での共同研究を支援しています。受入先の研究者が計画書に署名し、"
    "帰国後六十日以内に報告書を提出します。"
)
_NAV = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/a'>Calls</a></li><li><a href='/b'>People"
    "</a></li></ul></nav>"
)
_FOOT = "<footer><p>Imprint <a href='/p'>Privacy</a> Copyright Alder</p></footer>"


def _page(body: str, *, head: str = "", lang: str = "en", charset: str = "utf-8") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='{charset}'><title>Alder</title>"
        f"{head}</head><body>{body}</body></html>"
    ).encode("cp932" if charset == "shift_jis" else charset)


def _case(
    name: str,
    data: bytes,
    shown: str,
    hidden: tuple[str, ...] = (),
    named: tuple[str, ...] = (),
) -> DocumentCase:
    return DocumentCase(
        name=name, kind="html", make=lambda: data, shown=shown, hidden=hidden, named=named
    )


def _main(inside: str, head: str = "") -> bytes:
    return _page(f"{_NAV}<main>{inside}<p>{_FILL}</p></main>{_FOOT}", head=head)


CASES = (
    _case(
        "changed.html",
        _main("<h1>Deadline</h1><p>Apply by <del>4 May</del> <ins>18 May 2027</ins>. The grant is "
              "<s>70,000</s> 95,000 yen.</p>"),
        f"Deadline\nApply by 18 May 2027. The grant is 95,000 yen.\n{_FILL}",
        ("4 May", "70,000", "Home", "Imprint"), ("struck",),
    ),
    _case(
        "raised.html",
        _main("<h1>Sizes</h1><p>Up to 6×10<sup>4</sup> cells on 12 m<sup>2</sup> of "
              "CO<sub>2</sub>.</p>"),
        f"Sizes\nUp to 6×10⁴ cells on 12 m² of CO₂.\n{_FILL}",
    ),
    _case(
        "unseen.html",
        _main("<h1>Grants</h1><p hidden>first unseen</p><p style='display:none'>second unseen</p>"
              "<p aria-hidden='true'>third unseen</p><p class='gone'>fourth unseen</p>"
              "<span style='position:absolute;left:-9999px'>fifth unseen</span>"
              "<p>Seen line.</p>", head="<style>.gone{visibility:hidden}</style>"),
        f"Grants\nSeen line.\n{_FILL}",
        ("first unseen", "second unseen", "third unseen", "fourth unseen", "fifth unseen"),
        ("hidden part",),
    ),
    _case(
        "details.html",
        _main("<h1>Questions</h1><details><summary>May I extend a visit?</summary><p>Yes, once, by "
              "30 days.</p></details><details open><summary>Who pays?</summary><p>The host."
              "</p></details>"),
        f"Questions\nMay I extend a visit?\nYes, once, by 30 days.\nWho pays?\nThe host.\n{_FILL}",
    ),
    _case(
        "definitions.html",
        _main("<h1>Terms</h1><dl><dt>Host</dt><dd>Who receives a fellow.</dd><dt>Stay</dt>"
              "<dd>At least 21 days.</dd></dl>"),
        f"Terms\nHost: Who receives a fellow.\nStay: At least 21 days.\n{_FILL}",
    ),
    _case(
        "spans.html",
        _main("<h1>Rates</h1><table><tr><th>Region</th><th>City</th><th>Yen</th></tr><tr>"
              "<td rowspan='2'>North</td><td>Oslo</td><td>900</td></tr><tr><td>Turku</td><td>800"
              "</td></tr><tr><td colspan='2'>Elsewhere</td><td>500</td></tr></table>"),
        f"Rates\nRegion City Yen\nNorth Oslo 900\nNorth Turku 800\nElsewhere Elsewhere 500\n{_FILL}",
    ),
    _case(
        "roles.html",
        _page("<div role='banner'><p>Alder site</p></div><div role='navigation'><a href='/'>Home"
              "</a> <a href='/x'>Calls</a></div><div role='main'><h1>Visits</h1><p>"
              f"{_FILL}</p><p>The stipend is 260,000 yen.</p></div><div role='complementary'><p>"
              "Popular pages</p></div><div role='contentinfo'><p>Imprint</p></div>"),
        f"Visits\n{_FILL}\nThe stipend is 260,000 yen.",
        ("Alder site", "Popular pages", "Imprint", "Home"),
    ),
    _case(
        "names.html",
        _main("<h1>Guide</h1><section id='social-costs'><h2>Social costs</h2><p>They are covered."
              "</p></section><section class='related-expenses'><h2>Related expenses</h2><p>Up to 8 "
              "%.</p></section><div id='search-period'><h2>Search period</h2><p>Three weeks.</p>"
              "</div><section class='comments-policy'><h2>Comments</h2><p>None after May.</p>"
              "</section>"),
        "Guide\nSocial costs\nThey are covered.\nRelated expenses\nUp to 8 %.\nSearch period\n"
        f"Three weeks.\nComments\nNone after May.\n{_FILL}",
    ),
    _case(
        "print.html",
        _main("<h1>Fees</h1><p class='paper'>Printed on paper only.</p><p class='screen'>Fees are "
              "3,300 yen.</p>",
              head="<style media='print'>.screen{display:none}</style><style>.paper{display:none}"
              "@media print{.paper{display:block}}</style>"),
        f"Fees\nFees are 3,300 yen.\n{_FILL}", ("Printed on paper",), ("hidden part",),
    ),
    _case(
        "built.html",
        _page("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'>"
              "</div><script src='/main.js'></script>"),
        "", named=("scripts",),
    ),
    _case(
        "ordered.html",
        _main("<h1>Steps</h1><ol><li>Write a plan.<ul><li>Two pages</li></ul></li><li>Send it.</li>"
              "</ol><ol start='3'><li>Wait.</li></ol>"),
        f"Steps\n1. Write a plan.\nTwo pages\n2. Send it.\n3. Wait.\n{_FILL}",
    ),
    _case(
        "youkou.html",
        _page(f"<header><p>榛名財団</p></header><main><h1>募集要項</h1><p>{_FILL_JA}</p><h2>助成額"
              "</h2><p>一件<ruby>二百<rt>にひゃく</rt></ruby>万円です。</p></main>", lang="ja"),
        f"募集要項\n{_FILL_JA}\n助成額\n一件二百万円です。", ("にひゃく",),
    ),
    _case(
        "sjis.html",
        _page(f"<main><h1>①申請の手順</h1><p>{_FILL_JA}</p></main>", lang="ja",
              charset="shift_jis"),
        f"①申請の手順\n{_FILL_JA}",
    ),
    _case(
        "eucjp.html",
        _page(f"<main><h1>お知らせの一覧</h1><p>{_FILL_JA}</p></main>", lang="ja",
              charset="euc-jp"),
        f"お知らせの一覧\n{_FILL_JA}",
    ),
    _case(
        "article.html",
        _page(f"{_NAV}<div class='wrap'><article><h1>News of March</h1><p>{_FILL}</p><p>Nine "
              "fellows were chosen.</p></article><aside><h2>More news</h2><p>Old item</p></aside>"
              f"</div>{_FOOT}"),
        f"News of March\n{_FILL}\nNine fellows were chosen.", ("Old item", "Imprint"),
    ),
    _case(
        "plain-divs.html",
        _page(f"<div class='menu'><a href='/'>Home</a><a href='/a'>Calls</a></div><div><h1>Report"
              f"</h1><div>{_FILL}</div><div>Reports are due on 30 April 2028.</div></div>"),
        f"Report\n{_FILL}\nReports are due on 30 April 2028.", ("Calls",),
    ),
    _case(
        "pale.html",
        _main("<h1>Rules</h1><p style='color:#fff'>white words</p><p style='font-size:0'>tiny words"
              "</p><p style='background:#123;color:white'>White on blue.</p>"),
        f"Rules\nWhite on blue.\n{_FILL}", ("white words", "tiny words"), ("hidden part",),
    ),
    _case(
        "form.html",
        _main("<h1>Form</h1><p><input type='checkbox' checked> Rail <input type='checkbox'> Taxi"
              "</p><p>Grade <select><option>A</option><option selected>B</option></select></p>"),
        f"Form\n☑ Rail ☐ Taxi\nGrade B\n{_FILL}",
    ),
    _case(
        "lost.html",
        _main("<h1>Site</h1><p>The plan shows the hall.</p><img src='p.png' alt='Plan of the hall'>"
              "<iframe src='/map'></iframe><video src='v.mp4'></video>"),
        f"Site\nThe plan shows the hall.\n{_FILL}", named=("picture", "embedded page", "recording"),
    ),
    _case(
        "formula.html",
        _main("<h1>Rate</h1><p>It is <math><mi>r</mi><mo>=</mo><mfrac><mi>a</mi><mi>b</mi></mfrac>"
              "</math>.</p><pre>step one\nstep two</pre><blockquote><p>Quoted rule.</p>"
              "</blockquote>"),
        f"Rate\nIt is r=a/b.\nstep one\nstep two\nQuoted rule.\n{_FILL}",
    ),
    _case(
        "xhtml.xhtml",
        (b"<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns='http://www.w3.org/"
         b"1999/xhtml'><head><title>T</title></head><body><main><h1>Terms</h1><p>"
         + _FILL.encode() + b"</p><p>Fees &amp; taxes: 5&#160;%.</p></main></body></html>"),
        f"Terms\n{_FILL}\nFees & taxes: 5 %.",
    ),
    _case(
        "comments.html",
        _main("<h1>Calls</h1><!-- draft: not before June --><template><p>spare part</p></template>"
              "<script>var x = 'scripted words';</script><p>Calls open in July.</p>"),
        f"Calls\nCalls open in July.\n{_FILL}", ("not before June", "spare part", "scripted"),
    ),
)  # fmt: skip
