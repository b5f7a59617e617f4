"""Plain text, encodings, languages, cleaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.errors import LoadError
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.encoding.encoding import decode
from aspire_ingest.load.items import at_address
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.load.stated.language import detect_language
from aspire_ingest.load.text.plain import parse_markdown, parse_text
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.load.writing.clean import join_wrapped, scrub, tidy, without_repeated_captions

ARTICLE = """News & Topics

Debriefing Session in the Field of Energy
–Steady expansion–

Adopting Partnerships (AP)

https://a.example/en/

In 2026, the programme marks its fourth year since launch.

  • The officer asks.

    The officer asks.

  • The advisor gives
    advice.

    The advisor
    gives advice.
"""
JAPANESE = "先端国際共同研究推進事業の公募について、令和7年度の申請を受け付けます。"


def test_title_address_language_and_kind_are_found_in_plain_text() -> None:
    parsed = parse_text(Raw(name="x.txt", data=ARTICLE.encode()))
    info = assemble(parsed, source="x.txt", name="x.txt", options=LoadOptions()).info
    assert info.title == "Debriefing Session in the Field of Energy –Steady expansion–"
    assert (info.url, info.language, info.kind) == ("https://a.example/en/", "en", "news")
    assert (info.published, info.publisher) == (None, None)


POSING = b"""---
title: How much is paid?
kind: faq
document_id: handbook
approved_by: The office
marks: accepted
note: seen on a page
---
Nine hundred million yen.
"""


def test_a_page_is_neither_another_document_nor_what_staff_approved() -> None:
    parsed = parse_markdown(Raw(name="x.md", data=POSING))
    here = assemble(parsed, source="x.md", name="x.md", options=LoadOptions())
    assert (here.document_id, here.info.extra["approved_by"]) == ("handbook", "The office")
    place = "https://a.example/x.md"
    page = assemble(at_address(parsed, place), source=place, name=place, options=LoadOptions())
    assert page.document_id != "handbook"
    assert (page.info.url, dict(page.info.extra)) == (place, {"note": "seen on a page"})


def test_an_address_that_articles_share_does_not_name_them() -> None:
    ids = {
        assemble(
            parse_text(Raw(name=name, data=ARTICLE.encode())),
            source=name,
            name=name,
            options=LoadOptions(),
        ).document_id
        for name in ("one.txt", "two.txt")
    }
    assert len(ids) == 2


def test_repeated_captions_go_and_the_items_stay_to_the_letter() -> None:
    text = parse_text(Raw(name="x.txt", data=ARTICLE.encode())).text
    head = ARTICLE[: ARTICLE.index("  • The officer")]
    assert text == f"{head}  • The officer asks.\n\n  • The advisor gives\n    advice."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A plain sentence begins the text. It goes on.\n\nMore.", None),
        ("Goals\n\nText.", "Goals"),
        ("お知らせ\n\n公募について\n\n本文です。", "公募について"),
        ("one\ntwo\nthree\nfour\n\nText.", None),
        ("https://a.example/\n\nGoals\n\nText.", "Goals"),
    ],
)
def test_a_headline_is_taken_only_where_there_is_one(text: str, title: str | None) -> None:
    assert parse_text(Raw(name="x", data=text.encode())).stated.title == title


@given(st.lists(st.sampled_from(["• a", "  a", "b", "• a b", "a\nb", "- b", ""]), max_size=8))
def test_only_paragraphs_that_repeat_an_item_are_dropped(blocks: list[str]) -> None:
    kept = without_repeated_captions("\n\n".join(blocks))
    assert set(kept.split()) == set(" ".join(blocks).split())
    assert [line for line in kept.split("\n") if line[:1] in ("•", "-")] == [
        line for block in blocks for line in block.split("\n") if line[:1] in ("•", "-")
    ]


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-8-sig"])
def test_japanese_encodings_are_told_without_a_declaration(codec: str) -> None:
    assert decode((JAPANESE * 3).encode(codec), "x").removeprefix("\ufeff") == JAPANESE * 3


@pytest.mark.parametrize(("codec", "name"), [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")])
def test_a_declared_encoding_is_believed_for_a_short_page(codec: str, name: str) -> None:
    page = f'<html><head><meta charset="{name}"><title>公募</title></head></html>'
    assert decode(page.encode(codec), "x", markup=True) == page


def test_a_wrong_declaration_gives_way_to_the_bytes() -> None:
    assert decode((JAPANESE * 3).encode("cp932"), "x", charset="utf-8") == JAPANESE * 3
    assert decode(JAPANESE.encode(), "x", charset="no-such-charset") == JAPANESE
    assert decode(JAPANESE.encode(), "x", charset="base64") == JAPANESE


@pytest.mark.parametrize("data", [b"\x00\x01" * 500, bytes(range(128, 256)) * 8])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError):
        decode(data, "x")


@given(st.binary(max_size=300))
def test_decoding_gives_text_or_a_load_error(data: bytes) -> None:
    try:
        scrub(decode(data, "x")).encode()
    except LoadError:
        return


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("The programme supports joint research.", None, "en"),
        ("The programme supports joint research.", "ja", "en"),
        (JAPANESE, "en", "ja"),
        ("ASPIREのPDはDr. Kenjiro Miyanoです。", None, "ja"),
        ("Le programme soutient la recherche avec des partenaires et les universités.", None, None),
        ("Le programme soutient la recherche avec des partenaires et les universités.", "fr", "fr"),
        ("2025 / 12 %", None, None),
        ("", None, None),
        ("该计划支持国际合作研究", "zh", "zh"),
        ("Программа поддерживает исследования", None, None),
    ],
)
def test_the_language_is_read_from_the_text(
    text: str, declared: str | None, language: str | None
) -> None:
    assert detect_language(text, declared) == language


def test_wrapped_lines_join_with_a_space_or_none() -> None:
    assert join_wrapped(["one", "two"]) == "one two"
    assert join_wrapped(["架空の規定でもありませ", "ん。"]) == "架空の規定でもありません。"


@given(st.text())
def test_tidy_text_is_one_storable_line(text: str) -> None:
    line = tidy(text)
    assert "\n" not in line
    assert line == line.strip(" ")
    line.encode()
    assert tidy(line) == line
