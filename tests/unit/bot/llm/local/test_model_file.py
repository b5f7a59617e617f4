"""What is read of a GGUF file before it is loaded, and what is said where it cannot be run."""

import struct
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests import gguf_file

from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.llm.judge import build_judge
from aspire_bot.llm.language_model import build_chat_model
from aspire_bot.llm.local.chat_model import LocalOptions, open_local_model
from aspire_bot.llm.local.gguf import read_model_file
from aspire_bot.llm.local.memory import check_fits, free_bytes, needed_bytes
from aspire_bot.settings import Settings
from aspire_ingest.index import ConfigError

HEAD = gguf_file.HEAD


def without(*names: str) -> dict[str, gguf_file.Value]:
    return {name: value for name, value in HEAD.items() if name not in names}


def test_the_head_says_what_the_model_needs(tmp_path: Path) -> None:
    path = gguf_file.write(tmp_path / "a b.gguf", HEAD)
    found = read_model_file(path)
    assert (found.architecture, found.context, found.vocabulary) == ("llama", 4096, 3)
    assert found.cache_bytes_per_token == 10 * 2 * (64 + 64) * 2
    assert found.weights_bytes == path.stat().st_size
    assert needed_bytes(found, 2_000) - needed_bytes(found, 1_000) == 1_000 * 5_120


@pytest.mark.parametrize(
    ("entries", "per_token"),
    [
        ({**HEAD, "llama.attention.key_length": 128}, 10 * 2 * (128 + 64) * 2),
        ({**HEAD, "llama.attention.head_count_kv": (2, 2, 4)}, 8 * (64 + 64) * 2),
        (without("llama.attention.head_count_kv"), 10 * 8 * (64 + 64) * 2),
    ],
    ids=["wide keys", "by layer", "all heads"],
)
def test_what_a_token_of_context_takes(
    tmp_path: Path, entries: Mapping[str, gguf_file.Value], per_token: int
) -> None:
    path = gguf_file.write(tmp_path / "m.gguf", entries)
    assert read_model_file(path).cache_bytes_per_token == per_token


def test_all_parts_of_a_file_count(tmp_path: Path) -> None:
    first = gguf_file.write(tmp_path / "m-00001-of-00002.gguf", HEAD)
    (tmp_path / "m-00002-of-00002.gguf").write_bytes(bytes(5_000))
    assert read_model_file(first).weights_bytes == first.stat().st_size + 5_000
    (tmp_path / "m-00002-of-00002.gguf").unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_model_file(first)


DAMAGED = b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + gguf_file.text("x")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is no GGUF file"),
        (b"PK\x03\x04" + bytes(100), "is no GGUF file"),
        (b"GGUF" + struct.pack("<I", 99), "unknown version"),
        (b"GGUF\x03", "broken off"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 2**60), "damaged"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**60), "damaged"),
        (DAMAGED + struct.pack("<I", 77), "damaged"),
        (DAMAGED + struct.pack("<IIQ", 9, 9, 1), "damaged"),
        (DAMAGED + struct.pack("<IIQ", 9, 4, 2**60), "damaged"),
        (DAMAGED + struct.pack("<II", 4, 1), "does not say how it is built"),
    ],
)
def test_what_is_no_model_is_told_in_one_sentence(
    tmp_path: Path, data: bytes, complaint: str
) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=complaint) as raised:
        read_model_file(path)
    assert str(path) in str(raised.value)


def test_every_cut_of_a_head_is_refused(tmp_path: Path) -> None:
    path = gguf_file.write(tmp_path / "m.gguf", HEAD, weights=0)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(ConfigError):
            read_model_file(path)


def test_a_model_without_a_chat_template_is_refused(tmp_path: Path) -> None:
    path = gguf_file.write(tmp_path / "m.gguf", without("tokenizer.chat_template"))
    with pytest.raises(ConfigError, match=r"no chat template; take .*instruct"):
        read_model_file(path)


def test_a_file_that_does_not_fit_is_refused_with_what_to_do(tmp_path: Path) -> None:
    found = read_model_file(gguf_file.write(tmp_path / "m.gguf", HEAD))
    needed = needed_bytes(found, 4096)
    check_fits(found, 4096, needed)
    check_fits(found, 4096, None)
    with pytest.raises(ConfigError, match=r"smaller file.*ASPIRE_LLM_CONTEXT_TOKENS"):
        check_fits(found, 4096, needed - 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much is free")
def test_a_file_greater_than_this_machine_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    free = free_bytes()
    assert free is not None
    path = gguf_file.write(tmp_path / "m.gguf", HEAD)
    with path.open("r+b") as file:
        file.truncate(free + 2**30)  # a hole, which takes no room on the disk
    with pytest.raises(ConfigError, match="GB are free"):
        open_local_model(f"local/{path}", LocalOptions())


def test_the_context_is_at_most_what_the_file_was_made_for(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra `local` is not installed")
    entries = {**HEAD, "llama.block_count": 4_000, "llama.context_length": 1_024}
    path = gguf_file.write(tmp_path / "m.gguf", entries)
    model = open_local_model(f"local/{path}", LocalOptions(context=1_000_000))
    assert model.name == "local/m.gguf"
    assert not model.is_outside
    model.close()


def test_a_missing_wheel_is_told_by_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)  # as if it were not there
    path = gguf_file.write(tmp_path / "m.gguf", HEAD)
    with pytest.raises(ConfigError, match=r"pip install '\./aspire_bot-[^/]+\.whl\[local\]'"):
        build_chat_model(Settings(home=tmp_path, llm=f"local/{path}"))


def test_a_judge_is_no_local_file(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, judge=f"local/{tmp_path}/m.gguf")
    with pytest.raises(ConfigError, match="ASPIRE_JUDGE=local/… is not possible"):
        build_judge(settings, load_prompts())
