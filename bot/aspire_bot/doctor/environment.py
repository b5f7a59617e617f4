"""What this program is told from outside: names of settings, the time zone, a proxy."""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aspire_bot.answering.clock import nearest_timezone
from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings
from aspire_ingest.index.setting_names import (
    NO_SUCH_SETTING,
    nearest_setting,
    unknown_names,
    variables_set,
)
from aspire_ingest.index.settings import INGEST_VARIABLES, variable_of

_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


def check_variables(
    settings: type[Settings],
    environment: Mapping[str, str] = os.environ,
    file: Path = Path(".env"),
) -> Iterator[Check]:
    """Name what is set and read by nobody, with the setting that was probably meant."""
    known = {*INGEST_VARIABLES, *map(variable_of, settings.model_fields)}
    for name in sorted(unknown_names(variables_set(environment, file), known)):
        nearest = nearest_setting(name.upper(), known)
        yield Check(
            name=name,
            state="warning",
            found=NO_SUCH_SETTING,
            to_do=f"write {nearest}" if nearest else "unset it; docs/reference/settings.md has all",
        )


def check_time_zone(
    settings: Settings, environment: Mapping[str, str] = os.environ
) -> Iterator[Check]:
    """Say whose day it is, and name a zone of the machine that no one knows.

    The C library takes an unknown `TZ` for UTC without a word: `watch --cron` runs at odd hours.
    """
    name, machine_zone = "time zone", environment.get("TZ", "").lstrip(":")
    found = f"{settings.timezone} for people whose own time zone is not known"
    if machine_zone and not _is_zone(machine_zone):
        yield Check(
            name=name,
            state="warning",
            found=f"{found}; TZ={machine_zone} is no time zone, so this machine's clock is in UTC",
            to_do=f"set TZ={nearest_timezone(machine_zone) or settings.timezone}, or unset it",
        )
        return
    machine_time = datetime.now().astimezone()
    office_time = machine_time.astimezone(ZoneInfo(settings.timezone))
    if machine_time.utcoffset() == office_time.utcoffset():
        yield Check(name=name, state="ok", found=found)
        return
    found += f"; this machine's clock is in {_clock(machine_time)}, which `watch --cron` goes by"
    yield Check(name=name, state="ok", found=found)


def _clock(moment: datetime) -> str:
    """Name a clock by its hours, too: in POSIX's `TZ=GMT+9` it is nine hours behind Greenwich."""
    name, hours = moment.tzname() or "", f"{moment:%z}"
    hours = f"UTC{hours[:3]}:{hours[3:5]}"
    return hours if not name or name[0] in "+-" else f"{name} ({hours})"


def _is_zone(name: str) -> bool:
    if name.startswith("/"):
        return Path(name).is_file()  # the C library reads a zone's file by its path
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # a rule such as JST-9 is none of the names, and the C library knows it
        return any(letter.isdigit() for letter in name)
    return True


def check_proxy(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Say through which proxy the programs speak, without who may use it."""
    for name in _PROXIES:
        if not (value := environment.get(name)):
            continue
        address = urlsplit(value)
        if address.scheme not in {"http", "https"} or not address.hostname:
            yield Check(
                name=name,
                state="failed",
                found="is no address of a proxy",
                to_do="write http://HOST:PORT",
            )
            continue
        place = f"{address.hostname}:{address.port}" if address.port else address.hostname
        not_proxied = environment.get("NO_PROXY") or environment.get("no_proxy")
        found = f"{place}, but for {not_proxied}" if not_proxied else place
        yield Check(name=name, state="ok", found=found)
