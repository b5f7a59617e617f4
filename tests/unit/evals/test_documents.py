"""The set of PDF files, its measures, and our reader held to floors on some of its files."""

from statistics import median

import pytest
from tests.evals.documents import printed
from tests.evals.documents.collection import SAMPLES, available
from tests.evals.documents.measures import bigram_f1, order, plain, score, share_of
from tests.evals.documents.readers import read_ours, told
from tests.evals.documents.reported_pdf import REPORTED
from tests.evals.documents.samples import KINDS, Sample

SHORT = (
    "en-kerned", "en-bullets", "soft-hyphens",
    "ja-table", "two-ja", "heads-ja", "web-aside", "table-across", "sideways-table",
    "turned-180-ja", "marks-and-notes", "hyphens", "named-by-code", "drop-cap", "years", "fields",
    "field-beside-columns-ja", "white", "masked", "transparent-outline", "under-a-picture",
    "layer-off", "half-scanned", "level-title", *(sample.name for sample in REPORTED),
)  # fmt: skip


def test_the_set_has_awkward_files_of_every_kind_by_several_producers() -> None:
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES) >= 60
    assert sum(sample.is_awkward for sample in SAMPLES) >= 40
    assert {sample.kind for sample in SAMPLES} == set(KINDS)
    assert len({sample.producer for sample in SAMPLES}) >= 3


def chosen() -> list[Sample]:
    return [sample for sample in available() if sample.name in SHORT]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {sample.name: sample.data() for sample in chosen()}


@pytest.mark.parametrize("sample", chosen(), ids=lambda sample: sample.name)
def test_a_file_is_read_as_it_is_seen(sample: Sample, files: dict[str, bytes]) -> None:
    parsed = read_ours(files[sample.name])
    scores = score(parsed.text, sample.shown.seen, sample.shown.hidden)
    assert scores.text >= 0.9
    assert not scores.hidden
    assert scores.order is None or scores.order >= 0.95
    assert told(parsed.remarks) == sample.shown.told


def test_files_are_read_whole(files: dict[str, bytes]) -> None:
    texts = [
        bigram_f1(read_ours(files[sample.name]).text, "\n".join(sample.shown.seen))
        for sample in chosen()
    ]
    assert len(texts) >= 12
    assert median(texts) >= 0.97


def test_text_counts_what_is_missing_and_what_is_too_much() -> None:
    assert bigram_f1("The fund pays.", "The fund pays.") == 1.0
    assert bigram_f1("pays.\nThe fund", "The fund\npays.") > 0.8
    assert bigram_f1("The fund", "The fund pays.") < 0.8
    assert bigram_f1("The fund pays. The fund pays.", "The fund pays.") < 0.7
    assert bigram_f1("Thefundpays.", "The fund pays.") < 0.8
    assert bigram_f1("the oﬃce", "the office") < 1.0
    assert bigram_f1("", "x y") == 0.0


def test_markup_and_the_form_of_raised_marks_count_for_nothing() -> None:
    assert plain("# Head\n\n- one\n- two") == "Head one two"
    assert plain("| a | b |\n| --- | --- |\n| 1 | 2 |") == "a b 1 2"
    assert plain("研究の\n計画 2026 年") == "研究の計画2026年"
    assert plain("500 (note 1) yen") == plain("500^1 yen") != plain("5001 yen")


def test_order_asks_for_whole_sentences_one_after_the_other() -> None:
    sentences = ("One is first.", "Two is next.", "Three is last.")
    assert order("One is\nfirst. Two is next. Three is last.", sentences) == 1.0
    assert order("Two is next. One is first. Three is last.", sentences) == 0.5
    assert order("One is Two first. is next. Three is last.", sentences) == 0.0
    assert order("One is first.", sentences[:1]) is None


def test_hidden_pieces_are_looked_for_by_their_letters() -> None:
    assert share_of("the re-\nserve", ("The reserve".lower(), "another")) == 0.5
    assert share_of("text", ()) is None


def test_samples_of_a_program_that_is_absent_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASPIRE_CHROMIUM", "no-such-program")
    assert not [sample for sample in available() if sample.producer == "chromium"]
    with pytest.raises(printed.NotInstalledError, match="ASPIRE_CHROMIUM"):
        printed.printed("<p>text")
