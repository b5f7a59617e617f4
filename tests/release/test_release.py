"""A release as `make release` makes it, out of these files as they are, and what it is good for."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from release.__main__ import BILL, CHECKSUMS, LICENCES, LOCK, main
from release.archives import build_archives
from release.lock import read_lock
from release.materials import read_materials
from release.source import ReleaseError, check_tag, copy_source, read_release

ROOT = Path(__file__).parents[2]


def _run(
    *command: str | Path, folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs of this environment
        tuple(map(str, command)),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole release: two builds in two places, compared, and all that goes with them."""
    if not (ROOT / ".git").exists():
        pytest.skip("a release is made from a clone by git")
    out = tmp_path_factory.mktemp("release") / "dist"
    assert main(["--with-changes", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bill(dist: Path) -> dict[str, Any]:
    return json.loads((dist / BILL).read_text(encoding="utf-8"))


def test_has_what_an_operator_needs(dist: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert {path.name for path in dist.iterdir()} == {
        f"aspire_bot-{version}-py3-none-any.whl", f"aspire_bot-{version}.tar.gz",
        LOCK, BILL, LICENCES, CHECKSUMS,
    }  # fmt: skip


def test_checksums_hold_and_fail_for_a_changed_file(dist: Path, tmp_path: Path) -> None:
    copied = tmp_path / "dist"
    shutil.copytree(dist, copied)
    check = ("sha256sum", "--check", "--strict", CHECKSUMS)
    assert _run(*check, folder=copied).returncode == 0
    assert len((copied / CHECKSUMS).read_text("ascii").splitlines()) == 5
    (copied / LICENCES).write_text("changed", encoding="utf-8")
    assert _run(*check, folder=copied).returncode != 0


def test_bill_lists_each_package_of_the_lock(bill: dict[str, Any]) -> None:
    listed = {(one["name"], one.get("version")): one for one in bill["components"]}
    lock = read_lock(ROOT / "requirements.lock") + read_lock(ROOT / "requirements-models.lock")
    assert len({(one.name, one.version) for one in lock}) > 200
    for one in lock:
        component = listed[one.name, one.version]
        hashes = [p["value"] for p in component["properties"] if p["name"].endswith("sha256")]
        assert sorted(hashes) == sorted(one.hashes)
        assert component["licenses"]
    run = {(one.name, one.version) for one in read_lock(ROOT / "requirements-run.lock")}
    required = {key for key, one in listed.items() if one.get("scope") == "required" and key[1]}
    assert run == {key for key in required if listed[key]["type"] == "library"}


def test_bill_tells_what_needs_what(bill: dict[str, Any]) -> None:
    needs = {one["ref"].partition("@")[0]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any(one.startswith("httpcore@") for one in needs["httpx"])


def test_bill_and_licences_have_the_weights_and_the_data(bill: dict[str, Any], dist: Path) -> None:
    models = {o["name"]: o for o in bill["components"] if o["type"] == "machine-learning-model"}
    files = [file for one in models.values() for file in one["components"]]
    assert all(file["hashes"][0]["alg"] == "SHA-256" for file in files)
    licences = (dist / LICENCES).read_text(encoding="utf-8")
    for material in read_materials(ROOT):
        assert f"| {material.name}: " in licences
        assert (ROOT / material.card).is_file()
        # Whoever made it says the same.
        if material.card.endswith("MODEL_CARD.md"):
            words = material.licence.replace("CC0-1.0", "CC0").replace("-", " ")
            assert words in (ROOT / material.card).read_text(encoding="utf-8").replace("-", " ")


def test_no_weights_are_shipped_that_nobody_lists(wheel: Path) -> None:
    listed = {name for one in read_materials(ROOT) for name in one.files}
    with ZipFile(wheel) as packed:
        weights = [n for n in packed.namelist() if n.endswith((".npz", ".npy", ".onnx", ".bin"))]
    assert weights
    assert {f"bot/{name}" for name in weights} <= listed


def test_licence_of_the_package_covers_what_is_in_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = {one.licence for one in read_materials(ROOT) if one.package is None}
    assert ours <= set(project["license"].split(" AND "))


def test_licences_list_each_package(dist: Path) -> None:
    text = (dist / LICENCES).read_text(encoding="utf-8")
    for one in read_lock(ROOT / "requirements.lock"):
        assert f"| {one.name} | {one.version} | " in text
    # What nobody knows is said so, and is an exception.
    assert len(re.findall(r"not (?:stated|installed)", text)) < 15


def test_wheel_has_the_programs_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        tops = {name.partition("/")[0] for name in packed.namelist()}
        commit = [name for name in packed.namelist() if name.endswith("extra_metadata/COMMIT")]
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "aspire_bot", "aspire_ingest",
    }  # fmt: skip
    assert len(commit) == 1


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a fresh environment: the wheel over what this one has."""
    folder = tmp_path_factory.mktemp("fresh")
    made = _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    assert made.returncode == 0, made.stderr
    python = folder / "venv" / "bin" / "python"
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "others.pth").write_text("\n".join(others), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    done = _run(*pip, "--no-index", "--no-deps", "--ignore-installed", wheel, folder=folder)
    assert done.returncode == 0, done.stderr
    return python.parent


def test_installed_programs_tell_version_commit_and_schema(installed: Path, tmp_path: Path) -> None:
    release = read_release(ROOT, allow_changes=True)
    for program in ("aspire-bot", "aspire-ingest"):
        said = _run(installed / program, "--version", folder=tmp_path, environment={})
        assert said.returncode == 0, said.stderr
        told = re.fullmatch(r"(\S+) (\S+) \(commit (\S+), index schema (\d+)\)\n", said.stdout)
        assert told is not None, said.stdout
        assert told.groups()[:2] == (program, release.version)
        assert told[3].removesuffix("-dirty") == release.commit.removesuffix("-dirty")


def test_installed_programs_index_and_answer(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "heron.md").write_text(
        "# Heron programme\n\nThe Heron programme pays travel costs of up to 300,000 yen a year.\n",
        encoding="utf-8",
    )
    environment = {"ASPIRE_HOME": str(tmp_path / "home"), "HOME": str(Path.home())}
    add = (installed / "aspire-ingest", "add", "heron.md")
    added = _run(*add, folder=tmp_path, environment=environment)
    assert added.returncode == 0, added.stderr
    question = "How much does the Heron programme pay for travel?"
    ask = (installed / "aspire-bot", "ask", question, "--json")
    asked = _run(*ask, folder=tmp_path, environment=environment)
    assert asked.returncode == 0, asked.stderr
    assert "300,000 yen" in json.loads(asked.stdout)["answer"]


def _repository(folder: Path, **files: str) -> Path:
    """A small project in a repository of its own."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "heron"\nversion = "1.2"\nlicense = "MIT"\n'
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        "[tool.hatch.build.hooks.custom]\n",
        encoding="utf-8",
    )
    (folder / "heron.py").write_text("", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first"),
    ):
        assert _run("git", *arguments, folder=folder).returncode == 0
    return folder


_CHANCE = """
import uuid
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
class Hook(BuildHookInterface):
    def initialize(self, version, build_data):
        with open(self.root + "/heron.py", "w") as file:
            file.write(f"# {uuid.uuid4()}")
"""


def test_builds_that_differ_make_no_release(tmp_path: Path) -> None:
    root = _repository(tmp_path / "heron", hatch_build=_CHANCE)
    with pytest.raises(ReleaseError, match="differ"):
        build_archives(root, tmp_path / "out", read_release(root))
    assert not (tmp_path / "out").exists()


def test_changed_files_make_no_release_and_are_marked(tmp_path: Path) -> None:
    root = _repository(tmp_path / "heron")
    clean = read_release(root)
    (root / "new.py").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"new\.py"):
        read_release(root)
    assert read_release(root, allow_changes=True).commit == f"{clean.commit}-dirty"


def test_what_lies_about_is_not_built(tmp_path: Path) -> None:
    root = _repository(tmp_path / "heron")
    (root / ".gitignore").write_text("*.env\n", encoding="ascii")
    (root / "secret.env").write_text("x", encoding="ascii")
    copy_source(root, tmp_path / "copy")
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == [
        ".gitignore", "heron.py", "pyproject.toml",
    ]  # fmt: skip


def test_tag_names_the_version(tmp_path: Path) -> None:
    release = read_release(_repository(tmp_path / "heron"))
    check_tag(release, "v1.2")
    with pytest.raises(ReleaseError, match=r"v1\.3"):
        check_tag(release, "v1.3")


def test_a_folder_with_other_things_is_not_emptied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("years", encoding="ascii")
    assert main(["--with-changes", str(tmp_path)]) == 1
    assert "no release" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "line",
    ["httpx>=0.28 \\\n    --hash=sha256:" + "0" * 64, "httpx==0.28"],
    ids=["no single version", "no hash"],
)
def test_a_lock_that_pins_nothing_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.lock").write_text(f"# made by hand\n{line}\n", encoding="ascii")
    with pytest.raises(ValueError, match="httpx"):
        read_lock(tmp_path / "a.lock")
