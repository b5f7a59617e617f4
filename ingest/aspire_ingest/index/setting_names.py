"""Names of variables that look like a setting's and are none, with the one that was meant."""

from collections.abc import Collection, Mapping
from pathlib import Path

from dotenv import dotenv_values
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

NO_SUCH_SETTING = "is set, but there is no such setting"
MOST_SLIPS = 3
_PREFIXES = ("ASPIRE_", "SLACK_")


def variables_set(environment: Mapping[str, str], file: Path) -> set[str]:
    """Give the names that are set in the environment and in a `.env` file, where that is there."""
    return {*(dotenv_values(file) if file.is_file() else ()), *environment}


def nearest_setting(
    name: str, known: Collection[str], *, most_slips: int = MOST_SLIPS
) -> str | None:
    """Give the setting that was probably meant: under another prefix, or with a slip in it.

    `name` is in capitals, and so are the `known` variables.
    """
    bare = name.removeprefix("ASPIRE_")
    if bare.startswith("OTEL_"):
        return bare  # OpenTelemetry's own names have no prefix
    for prefix in ("", *_PREFIXES):
        if (swapped := f"{prefix}{bare.removeprefix('SLACK_')}") in known:
            return swapped
        if f"{prefix}{bare}" in known:
            return f"{prefix}{bare}"
    nearest = process.extractOne(
        name, known, scorer=DamerauLevenshtein.distance, score_cutoff=most_slips
    )
    return nearest[0] if nearest else None


def unknown_names(names: Collection[str], known: Collection[str]) -> set[str]:
    """Give the names that look like ours and are not; upper and lower case are one, as when read.

    `SLACK_…` is anybody's prefix: there a name counts only where it is nearly one of ours.
    """
    own_names = {name for name in names if name.upper().startswith("ASPIRE_")}
    slack_names = {
        name
        for name in names
        if name.upper().startswith("SLACK_")
        and "_" in name.removeprefix("SLACK_")  # SLACK_PORT may be another program's
        and nearest_setting(name.upper(), known) is not None
    }
    return {name for name in own_names | slack_names if name.upper() not in known}
