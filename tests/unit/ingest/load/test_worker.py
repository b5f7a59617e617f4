"""The parser process waits for nothing that parsing does not need."""

import subprocess
import sys

import pytest

_CODE = """
import sys
from aspire_ingest.load.registry import contained_parser
import aspire_ingest.load.worker
contained_parser({kind!r})
print(*sorted({{"httpx", "pydantic", "typer", "rich", "sqlalchemy", "numpy"}} & set(sys.modules)))
"""


@pytest.mark.parametrize("kind", ["html", "csv"])
def test_it_loads_neither_what_fetches_nor_what_asks(kind: str) -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter, code of this file
        [sys.executable, "-c", _CODE.format(kind=kind)],
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == []
