"""How a program of ours ends: its exit code, and what it says on standard error."""

import gc

import pytest
import typer

from aspire_ingest.errors import LoadError
from aspire_ingest.index import ConfigError, IndexMismatchError, IndexMissingError
from aspire_ingest.index.program import Debug, new_program, run


def _end(error: BaseException | None, *arguments: str) -> int:
    app = new_program("Try.")

    @app.callback()
    def common() -> None:  # pyright: ignore[reportUnusedFunction]  # registered
        """With a callback, commands keep their names."""

    @app.command()
    def work(*, debug: Debug = False) -> None:  # pyright: ignore[reportUnusedFunction]  # registered
        if error is not None:
            raise error

    with pytest.raises(SystemExit) as ended:
        run("trial", app, ["work", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (None, 0, ""),
        (ConfigError("ASPIRE_PORT: what [is] this"), 2, "trial: ASPIRE_PORT: what [is] this"),
        (IndexMismatchError("another model"), 2, "trial: another model"),
        (IndexMissingError("nothing here"), 1, "trial: nothing here"),
        (LoadError("a.pdf", "is empty"), 1, "trial: a.pdf: is empty"),
        (ZeroDivisionError("by 0"), 1, "trial: ZeroDivisionError: by 0 (--debug shows where)"),
        (KeyboardInterrupt(), 130, ""),
        (typer.Exit(1), 1, ""),
    ],
)
def test_the_end_of_a_program(
    error: BaseException | None, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _end(error) == code
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", said)


def test_a_trace_is_shown_to_whom_asks(capsys: pytest.CaptureFixture[str]) -> None:
    assert _end(ZeroDivisionError("by 0"), "--debug") == 1
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "--debug shows where" not in err


def test_wrong_usage_is_not_taken_for_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert _end(None, "--nonsense") == 2
    assert "nonsense" in capsys.readouterr().err


def test_what_was_imported_is_not_searched_for_garbage_again(
    request: pytest.FixtureRequest,
) -> None:
    before = gc.get_threshold()
    request.addfinalizer(lambda: gc.set_threshold(*before))
    request.addfinalizer(gc.unfreeze)
    gc.unfreeze()
    _end(None)
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == 10_000
    assert gc.isenabled()
