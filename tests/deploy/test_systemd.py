"""The units, by systemd's own checker; skipped where systemd is not installed."""

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.deploy.tools import DEPLOY, ROOT

UNITS = DEPLOY / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
MOST_EXPOSED = 2.0
"""Of 10, as `systemd-analyze security` reckons it; an unhardened service has 9.6."""
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def _analyzed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - systemd's own
        ("systemd-analyze", *map(str, arguments)),  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units, with programs where they look for them: the checker asks for these."""
    folder = tmp_path_factory.mktemp("units")
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/aspire-bot", str(folder / "opt"))
        (folder / unit.name).write_text(text, encoding="utf-8")
    programs = folder / "opt" / "bin"
    programs.mkdir(parents=True)
    for name in ("aspire-bot", "aspire-ingest"):
        (programs / name).write_text("#!/bin/sh\n", encoding="ascii")
        (programs / name).chmod(0o755)
    return folder


def test_what_is_installed_is_in_the_source_archive(tmp_path: Path) -> None:
    """The commands of docs/deploy.md, on an archive with the folder that a release has."""
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    block = page.partition("\n## systemd\n")[2].partition("```\n")[2].partition("```")[0]
    with tarfile.open(tmp_path / "aspire_bot-1.2.3.tar.gz", "w:gz") as archive:
        archive.add(DEPLOY, "aspire_bot-1.2.3/deploy")
    unpack = "\n".join(line for line in block.splitlines() if line.startswith("tar "))
    subprocess.run(("bash", "-euc", unpack), cwd=tmp_path, check=True)  # noqa: S603, S607
    named = set(re.findall(r"aspire-[\w.-]+\.(?:service|timer|example|conf)", block))
    assert {path.name for path in UNITS.glob("*.service")} <= named
    assert [name for name in named if not (tmp_path / name).is_file()] == []


@needs_systemd
def test_systemd_understands_each_line(installed: Path) -> None:
    units = sorted([*installed.glob("*.service"), *installed.glob("*.timer")])
    assert len(units) == 4
    done = _analyzed("verify", *units)
    assert done.returncode == 0, done.stderr
    # A key that is not known is told and passed over.
    ours = [line for line in done.stderr.splitlines() if str(installed) in line]
    assert not ours


@needs_systemd
@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_services_are_hardened(service: Path) -> None:
    done = _analyzed("security", "--offline=true", "--no-pager", service)
    found = re.search(r"Overall exposure level for \S+: (\d+\.\d)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= MOST_EXPOSED


@needs_systemd
def test_backup_is_made_each_night() -> None:
    timer = (UNITS / "aspire-backup.timer").read_text(encoding="utf-8")
    when = re.search(r"^OnCalendar=(.+)$", timer, re.MULTILINE)
    assert when is not None
    assert _analyzed("calendar", when[1]).returncode == 0


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_services_share_one_home_and_one_file_of_settings(service: Path) -> None:
    text = service.read_text(encoding="utf-8")
    assert "User=aspire\n" in text
    assert "EnvironmentFile=/etc/aspire-bot/aspire-bot.env\n" in text
    assert "Environment=ASPIRE_HOME=/var/lib/aspire-bot/home\n" in text
    assert re.search(r"^StateDirectory=aspire-bot\b", text, re.MULTILINE)


def test_no_unit_waits_shorter_than_what_it_runs_takes_to_end() -> None:
    def waits(name: str) -> int:
        found = re.search(r"^TimeoutStopSec=(\d+)$", (UNITS / name).read_text(), re.MULTILINE)
        assert found is not None
        return int(found[1])

    assert waits("aspire-bot.service") > 25
    assert waits("aspire-watch.service") >= 90
