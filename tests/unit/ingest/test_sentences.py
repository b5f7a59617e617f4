import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspire_ingest.index.text.sentences import sentence_spans

PIECES = st.sampled_from(
    [
     "Dr. ", "No. 5", "e.g. ", "。", "．", "「", "」", "（", "）", "(", ")", ". ", "! ", "？", "…",
     "...",
     "\n", "\n\n", "\r\n\r\n", " ", "　", "*1", "[2]", "”", "a", "The", "次", "は", "U.S.", "3.5",
     "https://a.jp/?x=1", "\ud800", "𠮷"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


# A bar stands where one sentence ends: in the text there is a space, in Japanese nothing.
ENGLISH = [
    "It was moderated by Dr. Hiroshi Shimizu.|Prof. Miyano also spoke.",
    "We met J. Smith et al. on Nov. 4 at 3 p.m.|Participants left.",
    "The meeting is at 5 p.m. JST in Bldg. 3.|Bring No. 5 and Fig. 2.",
    "He moved to the U.S. Government.|She stayed in the U.S.|The end.",
    "A Ph.D. student of Foo Inc. Tokyo came.|It grew 3.5 percent vs. 2.1 percent, approx. 5 m.",
    "Use it, e.g. for travel, i.e. flights (see Sec. 2. Good.) and so on.|Then stop.",
    "Apply for ASPIRE-A.|The other is Size B.|e-Rad is needed.",
    '"Stop!" he said.|“We go.”|Others stayed.',
    "Programs such as FOREST took part.*1|Others did not.[2]|The end.",
    "See https://www.jst.go.jp/aspire/en/index.html?a=b.|Write to a.b@jst.go.jp.|Thanks.",
    "Wait...|Then it ended.|Is it over?|Yes!|Good.",
    "wait... there is more.|Done.",
    "1. Purpose of the programme.|It is short.|In 2025.|8 projects began.",
    "5.3. Carry-over is possible.|Table 2. Ceilings by type",
    "A line that\nwraps ends here.|Next one.",
    "It costs 12,000 yen (approx. 80 dollars).|(This stands alone. It is whole.)|Next.",
    "No.|It is not.",
]
JAPANESE = [
    "彼は「はい。そうです。」と言った。|次に進む。",
    "委託費（間接経費を含む。以下同じ。）及び旅費を計上する。|上限がある。",
    "承認を要しない。|（詳細は別表による。）|次に申請する。",
    "「終わり。」|山田は帰った。",
    "本当か？|はい！と答えた。|終わり！",
    "３．１節を見よ．|次に行う．|終わり",
    "FORESTの研究者が参加した。*1|脚注は別にある。",
    "詳細はhttps://a.jp/?x=1.2を参照。|以上。",
    "まだ……続く。|以上です…。|次。",
    "ASPIREは高みを目指す。|目標は三つある。|Dr. Shimizuが司会した。",
    "ＡＳＰＩＲＥは7分野・46課題で、3.5倍になった。|令和7年11月4日に開いた。",
]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english(marked: str) -> None:
    assert sentences(marked.replace("|", " ")) == marked.split("|")


@pytest.mark.parametrize("marked", JAPANESE)
def test_japanese_and_mixed(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == marked.split("|")


def test_a_blank_line_ends_a_sentence_a_line_break_does_not() -> None:
    assert sentences("Title without stop\n\nText that\nwraps\r\n \r\nNext") == [
        "Title without stop",
        "Text that\nwraps",
        "Next",
    ]


def test_only_the_part_asked_for_is_read() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in sentence_spans(text, 5, 12)] == ["Two.", "Th"]


def test_an_unclosed_bracket_swallows_nothing() -> None:
    assert sentences("彼は「言った。次に。") == ["彼は「言った。", "次に。"]
    assert len(sentences("（" + "あ。" * 400 + "）")) > 300


@settings(deadline=None)
@given(TEXTS)
def test_spans_hold_all_that_is_visible_in_order(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_blank_line_shields_the_sentences_before_it(before: str, after: str) -> None:
    joined = f"{before}\n\n{after}"
    assert sentence_spans(joined, 0, len(before)) == sentence_spans(before)
    assert sentence_spans(joined)[: len(sentence_spans(before))] == sentence_spans(before)
