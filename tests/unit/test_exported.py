"""The public names of the contract between the programs and of the answering core."""

import importlib
import inspect
import subprocess
import sys

import pytest

INDEX = [
    "APPROVED_BY",
    "AUDIENCES",
    "AspireError",
    "Audience",
    "ConfigError",
    "DateOrigin",
    "Document",
    "DocumentInfo",
    "EmbeddingError",
    "Hour",
    "IndexAccessError",
    "IndexManifest",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexUnavailableError",
    "KINDS",
    "Kind",
    "Occasion",
    "OccasionBasis",
    "Passage",
    "ScoredPassageId",
    "Sentence",
    "SentenceForm",
    "UNKNOWN_LANGUAGE",
    "YearOrigin",
]
ANSWERING = ["Answer", "Citation", "Outcome", "Question", "ScoredPassage", "Turn"]


@pytest.mark.parametrize(
    ("name", "public"), [("aspire_ingest.index", INDEX), ("aspire_bot.answering", ANSWERING)]
)
def test_public_names(name: str, public: list[str]) -> None:
    module = importlib.import_module(name)
    assert sorted(module.__all__) == sorted(public)
    visible = {
        key
        for key, value in vars(module).items()
        if not key.startswith("_") and not inspect.ismodule(value)
    }
    assert visible == set(public)


@pytest.mark.parametrize("name", ["aspire_ingest.index", "aspire_bot.answering"])
def test_importing_the_types_loads_no_third_party_package(name: str) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        f"import {name}\n"
        "loaded = {module.partition('.')[0] for module in set(sys.modules) - before}\n"
        "print(*sorted(loaded - sys.stdlib_module_names - {'aspire_ingest', 'aspire_bot'}))\n"
    )
    outcome = subprocess.run(  # noqa: S603 - this interpreter, code of this file
        [sys.executable, "-c", code], text=True, capture_output=True, check=True, timeout=60
    )
    assert outcome.stdout.split() == []
