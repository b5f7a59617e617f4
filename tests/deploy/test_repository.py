"""What hosts and tools read beside the code: workflows, Dependabot, forms, hooks, citation."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.deploy.tools import DEPLOY, ROOT, fits_schema, run_tool

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
_TARGET = re.compile(r"make ([a-z-]+)( TAG=\"\$GITHUB_REF_NAME\")?")


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def _steps() -> Iterator[dict[str, Any]]:
    for path in WORKFLOWS:
        for job in _yaml(path)["jobs"].values():
            yield from job["steps"]


def test_linters_of_workflows_find_nothing() -> None:
    run_tool("actionlint", "-shellcheck=", "-pyflakes=", *WORKFLOWS)
    run_tool("zizmor", "--offline", "--quiet", GITHUB)


def test_a_slip_in_a_workflow_is_seen(tmp_path: Path) -> None:
    text = (GITHUB / "workflows" / "test.yml").read_text(encoding="utf-8")
    (tmp_path / "test.yml").write_text(text.replace("timeout-minutes", "timeout-minute", 1))
    with pytest.raises(AssertionError, match="timeout-minute"):
        run_tool("actionlint", tmp_path / "test.yml")


def test_files_fit_their_schemas() -> None:
    fits_schema("dependabot", GITHUB / "dependabot.yml")
    fits_schema("github-issue-forms", *FORMS)
    fits_schema("github-issue-config", GITHUB / "ISSUE_TEMPLATE" / "config.yml")
    fits_schema("citation-file-format", ROOT / "CITATION.cff")


def test_a_slip_in_a_form_is_seen(tmp_path: Path) -> None:
    text = FORMS[0].read_text(encoding="utf-8").replace("description:", "describe:", 1)
    (tmp_path / "form.yml").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match="describe"):
        fits_schema("github-issue-forms", tmp_path / "form.yml")


def test_workflows_call_the_makefile_only() -> None:
    runs = [step["run"] for step in _steps() if "run" in step]
    assert runs
    for run in runs:
        found = _TARGET.fullmatch(run)
        assert found is not None, run
        assert found[1] in _targets()


def test_workflows_may_read_and_no_more_unless_a_job_needs_it() -> None:
    for path in WORKFLOWS:
        workflow = _yaml(path)
        assert workflow["permissions"] == {"contents": "read"}, path.name
        for job in workflow["jobs"].values():
            assert "timeout-minutes" in job
    release = _yaml(GITHUB / "workflows" / "release.yml")["jobs"]
    # Who builds cannot publish, who publishes cannot sign.
    assert "contents" not in {k for k, v in release["build"]["permissions"].items() if v == "write"}
    assert release["publish"]["permissions"] == {"contents": "write"}


def test_a_release_is_attested_and_signed_before_it_is_published() -> None:
    build = _yaml(GITHUB / "workflows" / "release.yml")["jobs"]["build"]["steps"]
    used = [step.get("uses", step.get("run", "")).partition("@")[0] for step in build]
    order = [
        "make ci", 'make release TAG="$GITHUB_REF_NAME"', "actions/attest-build-provenance",
        "actions/attest-sbom", "sigstore/gh-action-sigstore-python", "actions/upload-artifact",
    ]  # fmt: skip
    assert [used.index(one) for one in order] == sorted(used.index(one) for one in order)


def test_hooks_are_local_and_call_the_makefile() -> None:
    for repository in _yaml(ROOT / ".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            assert hook["entry"].removeprefix("make ") in _targets()


def test_one_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    assert _yaml(ROOT / "CITATION.cff")["version"] == version
    (image,) = _yaml(DEPLOY / "kubernetes" / "base" / "kustomization.yaml")["images"]
    assert image["newTag"] == version
    for path in (*ROOT.glob("bot/aspire_bot/**/*.py"), *ROOT.glob("ingest/**/*.py")):
        assert f'"{version}"' not in path.read_text(encoding="utf-8"), path


def test_development_container_sets_up_by_the_makefile() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "make setup"


_PLACEHOLDER = re.compile(r"<[a-z]+(?:-[a-z]+)+>")


def _placeholders() -> dict[str, set[str]]:
    """Where each is, in what is written for whoever takes the project over."""
    files = [
        *(path for folder in (DEPLOY, GITHUB) for path in folder.rglob("*") if path.is_file()),
        *(ROOT / name for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "CITATION.cff")),
        ROOT / ".devcontainer" / "devcontainer.json",
        ROOT / "docs" / "deploy.md",
    ]
    found: dict[str, set[str]] = {}
    for path in files:
        for placeholder in _PLACEHOLDER.findall(path.read_text(encoding="utf-8")):
            found.setdefault(placeholder, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_placeholders_are_listed_with_where_they_are() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Placeholders")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(<[^`]+>)` \| ([^|]+) \|", section, re.MULTILINE)
    listed = {placeholder: set(re.findall(r"`([^`]+)`", where)) for placeholder, where in rows}
    assert listed == _placeholders()


def test_nobody_and_nothing_is_invented() -> None:
    """An address or a name of a person in these files can only be a placeholder."""
    for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "CITATION.cff"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"\S+@\S+\.\S+|https?://", text), name
