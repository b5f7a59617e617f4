import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aspire_ingest.index.types import Document, DocumentInfo, Passage
from aspire_ingest.split import MOST_TOKENS, split_document
from aspire_ingest.split.tokens import estimate_tokens

LINES = st.sampled_from(
    ["# A", "## B b", "### Q1. Why?", "- item", "  1. inner item", "・項目。次の文。", "(2) next",
     "| a | b |", "|---|---|", "| c |  |", "Q: Why? A: So.", "Q2. 何ですか。", "A2. はい。", "---",
     "***", "```", "~~~", "*1 note", "Place: Tokyo", "Text that goes on", "and wraps. Then more.",
     "「引用。」と言った。", "", "", " ", "\ud800", "\x0c", "x" * 900, "語。" * 500, "word " * 400,
     "Table 3. Costs", "The following:", "■" * 2000, "[^1]: note", "> quoted", "\tTab"]
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\u2028"])
HEADING = re.compile(r" {0,3}#{1,6}[ \t\u3000]+\S")
MARK = re.compile(r"(?:[QAＱＡ]|Question|Answer|問|答え?|質問|回答)\d*")
TEXTS = st.one_of(
    st.text(),
    st.lists(st.tuples(LINES, BREAKS).map("".join), max_size=30).map("".join),
)


def split(text: str, document_id: str = "d") -> list[Passage]:
    info = DocumentInfo(document_id=document_id, source="s", title="A")
    return split_document(Document(info=info, text=text))


@settings(deadline=None)
@given(TEXTS)
def test_offsets_are_exact_and_in_order(text: str) -> None:
    end = 0
    for passage in split(text):
        assert end <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert passage.sentences
        end = passage.start
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= passage.end
            quote = text[sentence.start : sentence.end]
            assert quote == quote.strip()
            assert any(map(str.isalnum, quote))
            end = sentence.end
        end = passage.end


@settings(deadline=None)
@given(TEXTS)
def test_everything_quotable_is_in_a_sentence(text: str) -> None:
    """Outside are only headings, signs, and the marks of questions and answers."""
    rest = list(text)
    for passage in split(text):
        for sentence in passage.sentences:
            rest[sentence.start : sentence.end] = " " * (sentence.end - sentence.start)
    for line in re.split(r"[\r\n\u2028\u2029]", "".join(rest)):
        if not HEADING.match(line):
            assert all(MARK.fullmatch(word) for word in re.findall(r"[^\W_]+", line))


@settings(deadline=None)
@given(TEXTS)
@example("# " + "0" * 800)
def test_no_passage_is_too_long_for_the_embedder(text: str) -> None:
    assert all(estimate_tokens(p.text) <= MOST_TOKENS + 40 for p in split(text))


@settings(deadline=None)
@given(TEXTS)
def test_ids_are_unique_and_repeatable(text: str) -> None:
    ids = [passage.passage_id for passage in split(text)]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.passage_id for passage in split(text)]
    assert not set(ids) & {passage.passage_id for passage in split(text, "other")}


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_an_edit_in_one_section_leaves_the_others_alone(before: str, after: str) -> None:
    fixed = "\n\n# Fixed section\n\nIts text. More text.\n\n# End\n\n"

    def ids(text: str) -> set[str]:
        return {p.passage_id for p in split(text) if p.heading == ("Fixed section",)}

    # A fence that is left open would make the headings code.
    before, after = (re.sub(r"```|~~~", "", part) for part in (before, after))
    assert ids(before + fixed + after) == ids(fixed)
