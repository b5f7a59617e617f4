from aspire_ingest.index.types import Document, DocumentInfo, Passage
from aspire_ingest.split import MOST_TOKENS, SPLITTER_SETTINGS, SPLITTER_VERSION, split_document
from aspire_ingest.split.tokens import estimate_tokens


def split(
    text: str, *, title: str = "Handbook", page_starts: tuple[int, ...] = ()
) -> list[Passage]:
    info = DocumentInfo(document_id="handbook", source="handbook.md", title=title)
    return split_document(Document(info=info, text=text, page_starts=page_starts))


def quotes(passage: Passage) -> list[tuple[str, str, str]]:
    """Form, text and lead of each sentence."""
    return [
        (s.form, passage.text[s.start - passage.start : s.end - passage.start], s.lead)
        for s in passage.sentences
    ]


def test_passages_follow_headings_and_carry_their_path() -> None:
    passages = split("# Handbook\nIntro.\n## Money\n### 5.3 Carry-over ###\nYes.\n## Staff\nNo.\n")
    assert [(p.heading, p.text) for p in passages] == [
        ((), "Intro."),
        (("Money", "5.3 Carry-over"), "Yes."),
        (("Staff",), "No."),
    ]


def test_a_first_heading_that_is_not_the_title_stays_in_the_path() -> None:
    assert split("# Part one\n\nText.", title="Handbook")[0].heading == ("Part one",)


def test_items_are_quoted_without_their_bullet_and_lead_with_their_introduction() -> None:
    text = "The PI may:\n- move money\n  1. up to 30 percent\n- carry over\n\n・予算\n(1) Life\n"
    (passage,) = split(text)
    assert quotes(passage) == [
        ("prose", "The PI may:", ""),
        ("item", "move money", "The PI may:"),
        ("item", "1. up to 30 percent", "move money"),
        ("item", "carry over", "The PI may:"),
        ("item", "予算", "The PI may:"),
        ("item", "(1) Life", "The PI may:"),
    ]


def test_paragraphs_and_items_of_articles_stand_apart() -> None:
    text = (
        "## 第9条\n\n1　旅費は別に定める。\n2　次の各号に該当するときは、上位の席を利用できる。\n"
        "一　12時間を超える場合\n二　障害のある場合\nア　恒久的なもの\n3　最上位の席は認めない。\n"
    )
    (passage,) = split(text)
    second = "2 次の各号に該当するときは、上位の席を利用できる。"
    assert quotes(passage) == [
        ("item", "1　旅費は別に定める。", "第9条"),
        ("item", "2　次の各号に該当するときは、上位の席を利用できる。", "第9条"),
        ("item", "一　12時間を超える場合", second),
        ("item", "二　障害のある場合", second),
        ("item", "ア　恒久的なもの", second),
        ("item", "3　最上位の席は認めない。", "第9条"),
    ]


def test_what_an_item_introduces_by_another_sign_stands_below_it() -> None:
    (passage,) = split("Send:\n\n1. A plan\n2. Letters:\n- one of ours\n- others\n3. A form\n")
    assert [(quote, lead) for _, quote, lead in quotes(passage)][1:] == [
        ("1. A plan", "Send:"),
        ("2. Letters:", "Send:"),
        ("one of ours", "2. Letters:"),
        ("others", "2. Letters:"),
        ("3. A form", "Send:"),
    ]


def test_a_list_without_introduction_leads_with_its_heading() -> None:
    (passage,) = split("## Documents to send\n\n* Form 1\n* Form 2\n")
    assert [lead for _, _, lead in quotes(passage)] == ["Documents to send"] * 2


def test_rows_lead_with_caption_and_header() -> None:
    text = "Table 1. Officers\n\n| Field | Officer |\n|---|---|\n| Energy | Dr. Ao |\n"
    (passage,) = split(text)
    assert quotes(passage) == [
        ("prose", "Table 1. Officers", ""),
        ("row", "| Field | Officer |", "Table 1. Officers"),
        ("row", "| Energy | Dr. Ao |", "Table 1. Officers\nField | Officer"),
    ]


def test_an_empty_header_keeps_its_place() -> None:
    (passage,) = split("| | Short | Long |\n|---|---|---|\n| Tokyo | 9 | 8 |\n")
    assert [sentence.lead for sentence in passage.sentences] == ["", " | Short | Long"]
    (passage,) = split("| City | | |\n|---|---|---|\n| Tokyo | 9 | 8 |\n")
    assert passage.sentences[-1].lead == "City |  | "
    (passage,) = split("| | |\n|---|---|\n| Tokyo | 9 |\n")
    assert passage.sentences[-1].lead == ""


def test_a_long_table_is_parted_between_rows_which_keep_the_header() -> None:
    rows = "".join(f"| Item {n} with some words to fill it | {n} yen |\n" for n in range(80))
    passages = split(f"| Item | Price |\n|---|---|\n{rows}")
    assert len(passages) > 2
    assert all(p.text.startswith("|") and p.text.endswith("|") for p in passages)
    leads = [lead for p in passages for _, _, lead in quotes(p)]
    assert leads == ["", *["Item | Price"] * 80]


def test_a_table_that_fits_stays_whole() -> None:
    before = "This sentence fills the section. " * 20
    rows = "".join(f"| Item {n} | {n} yen |\n" for n in range(25))
    *_, last = split(f"{before}\n\n| Item | Price |\n|---|---|\n{rows}")
    assert last.text.startswith("| Item | Price |")
    assert last.text.endswith("| Item 24 | 24 yen |")


def test_answers_lead_with_their_question_and_stay_with_it() -> None:
    text = (
        "Q1. What is it?\n\nA1. A fund. It is for all.\n\nIt is large.\n\n"
        "Q: Who may apply? A: Anyone.\n問２　予算は使えますか。\n答　使えます。\n"
    )
    (passage,) = split(text)
    assert quotes(passage) == [
        ("prose", "What is it?", ""),
        ("prose", "A fund.", "What is it?"),
        ("prose", "It is for all.", "What is it?"),
        ("prose", "It is large.", "What is it?"),
        ("prose", "Who may apply?", ""),
        ("prose", "Anyone.", "Who may apply?"),
        ("prose", "予算は使えますか。", ""),
        ("prose", "使えます。", "予算は使えますか。"),
    ]


def test_a_pair_is_not_parted_by_its_length() -> None:
    pairs = "".join(
        f"Q{n}: May we use the fund for purpose number {n}?\n"
        f"A{n}: {'It can be used so, within the limit of the year. ' * 6}\n\n"
        for n in range(12)
    )
    passages = split(pairs)
    assert len(passages) > 3
    assert all(p.text.startswith("Q") for p in passages)


def test_a_heading_that_asks_is_the_lead_of_its_answer() -> None:
    (passage,) = split("### Q3. 繰越しはできますか。\nできます。\n")
    assert quotes(passage) == [("prose", "できます。", "繰越しはできますか。")]


def test_a_rule_ends_an_answer() -> None:
    (passage,) = split("Q: Why?\nA: So.\n\n---\n\nWrite to the desk.\n")
    assert quotes(passage)[-1] == ("prose", "Write to the desk.", "")


def test_footnotes_labels_and_wrapped_lines() -> None:
    text = "Programs such as FOREST*1\nand others.\n*1 Fusion Oriented\n*2 Next\n\n"
    text += "Place: Tokyo\nDay: 5 May"
    (passage,) = split(text)
    assert [quote for _, quote, _ in quotes(passage)] == [
        "Programs such as FOREST*1\nand others.",
        "*1 Fusion Oriented",
        "*2 Next",
        "Place: Tokyo",
        "Day: 5 May",
    ]


def test_a_footnote_leads_with_what_carries_its_mark() -> None:
    text = (
        "Programs such as FOREST*1 and SPRING*10 took part.\nA PI gives 20 percent.※2\n\n"
        "*1 Fusion Oriented\n\n*10 Pioneering\n\n※2 A yearly average.\n\n*3 Nobody's\n"
    )
    (passage,) = split(text)
    leads = {quote: lead for _, quote, lead in quotes(passage)}
    assert leads["*1 Fusion Oriented"] == "FOREST"
    assert leads["*10 Pioneering"] == "SPRING"
    assert leads["※2 A yearly average."] == "A PI gives 20 percent."
    assert leads["*3 Nobody's"] == ""


def test_a_footnote_in_brackets_leads_with_what_stands_before_them() -> None:
    text = (
        "- 施設の建設\n- 代表者の人件費（注1）\n\n"
        "No car is paid on the UK side (note 2). Flights are.¹\n\n"
        "（注1）企業も同様とする。\n\n(note 2) Nor a boat.\n\n¹ Economy class.\n"
    )
    (passage,) = split(text)
    leads = {quote: lead for _, quote, lead in quotes(passage)}
    assert leads["（注1）企業も同様とする。"] == "代表者の人件費"
    assert leads["(note 2) Nor a boat."] == "No car is paid on the UK side"
    assert leads["¹ Economy class."] == "Flights are."


def test_code_has_no_headings() -> None:
    (passage,) = split("Run:\n```\n# comment\nmake\n```\n")
    assert [quote for _, quote, _ in quotes(passage)] == ["Run:", "# comment", "make"]


def test_passages_have_about_the_aimed_size() -> None:
    english = "The institution keeps the accounts and files the forms of each year. " * 100
    japanese = "所属機関は、当該年度の経費の執行について帳簿を備え、関係書類を保管する。" * 100
    for text in (english, japanese, f"{english}\n\n{japanese}"):
        sizes = [estimate_tokens(p.text) for p in split(text)]
        assert all(100 < size < 300 for size in sizes[:-1])
        assert sizes[-1] <= MOST_TOKENS


def test_a_short_line_stays_with_what_follows() -> None:
    paragraph = "The discussion pointed out that training abroad matters to all groups. " * 9
    text = f"{paragraph}\n\nTheme 2: What is required?\n\n{paragraph}"
    assert split(text)[1].text.startswith("Theme 2")


def test_pages_are_counted_from_one() -> None:
    text = "## A\nOne.\n## B\nTwo.\n## C\nThree.\n"
    starts = (0, text.index("## B"), text.index("## C"))
    assert [p.page for p in split(text, page_starts=starts)] == [1, 2, 3]
    assert split(text)[0].page is None


def test_ids_come_from_content_and_occurrence() -> None:
    text = "## A\nSame.\n## A\nSame.\n## B\nSame.\n"
    first, second, third = (p.passage_id for p in split(text))
    assert len({first, second, third}) == 3
    moved = split("## Z\nNew text.\n" + text)
    assert [p.passage_id for p in moved[1:]] == [first, second, third]
    other = DocumentInfo(document_id="other", source="o", title="")
    assert split_document(Document(info=other, text=text))[0].passage_id != first


def test_a_text_of_headings_alone_can_still_be_found() -> None:
    passages = split("# Slides\n\n## Results ##\n\n---\n")
    assert [p.text for p in passages] == ["Slides\n\n## Results"]
    assert [quote for _, quote, _ in quotes(passages[0])] == ["Slides", "Results"]


def test_nothing_to_quote_gives_no_passage() -> None:
    assert split("") == split(" \n---\n***\n| | |\n") == []


def test_settings_name_the_version() -> None:
    assert f"split-{SPLITTER_VERSION}/" in SPLITTER_SETTINGS
