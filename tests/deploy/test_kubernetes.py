"""The manifests, put together by Kustomize itself and checked by the schemas of Kubernetes."""

import tomllib
from collections.abc import Iterator
from typing import Any

import kubernetes_validate  # pyright: ignore[reportMissingTypeStubs]
import pytest
import yaml
from tests.deploy.tools import DEPLOY, ROOT, known_settings, run_tool

Object = dict[str, Any]
VERSIONS = ("1.31", "1.37")
"""The oldest and the newest that are promised."""


@pytest.fixture(scope="module")
def objects() -> list[Object]:
    text = run_tool("kubectl", "kustomize", DEPLOY / "kubernetes" / "example")
    return [one for one in yaml.safe_load_all(text) if one]


def _of(objects: list[Object], *kinds: str) -> dict[str, Object]:
    return {one["metadata"]["name"]: one for one in objects if one["kind"] in kinds}


def _pods(objects: list[Object]) -> dict[str, Object]:
    workloads = _of(objects, "Deployment", "StatefulSet")
    return {name: one["spec"]["template"] for name, one in workloads.items()}


def _containers(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    for name, pod in _pods(objects).items():
        for container in pod["spec"]["containers"]:
            yield name, container


@pytest.mark.parametrize("version", VERSIONS)
def test_each_object_fits_its_schema(objects: list[Object], version: str) -> None:
    for one in objects:
        kubernetes_validate.validate(one, version, strict=True)  # pyright: ignore[reportUnknownMemberType]


def test_a_slip_in_a_manifest_is_seen(objects: list[Object]) -> None:
    slipped: Object = {**objects[0], "metadatum": "x"}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(slipped, VERSIONS[-1], strict=True)  # pyright: ignore[reportUnknownMemberType]


def test_base_stands_alone_with_servers_of_ones_own() -> None:
    text = run_tool("kubectl", "kustomize", DEPLOY / "kubernetes" / "base")
    named = {one["metadata"]["name"] for one in yaml.safe_load_all(text)}
    assert {"aspire-bot", "aspire-watch"} <= named
    assert not {"postgres", "chroma"} & named


def test_every_container_is_held(objects: list[Object]) -> None:
    for pod in _pods(objects).values():
        held = pod["spec"]["securityContext"]
        assert held["runAsNonRoot"] is True
        assert held["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["spec"]["automountServiceAccountToken"] is False
    for name, container in _containers(objects):
        held = container["securityContext"]
        assert held == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys(), name
        assert "memory" in container["resources"]["limits"], name


def test_several_bots_and_one_watcher_on_one_index(objects: list[Object]) -> None:
    workloads = _of(objects, "Deployment")
    assert workloads["aspire-bot"]["spec"]["replicas"] >= 2
    watch = workloads["aspire-watch"]["spec"]
    assert (watch["replicas"], watch["strategy"]) == (1, {"type": "Recreate"})
    data = _of(objects, "ConfigMap")["aspire-bot"]["data"]
    assert data["ASPIRE_CHROMA_URL"] == "http://chroma:8000"
    assert data.keys() <= known_settings()
    budget = _of(objects, "PodDisruptionBudget")["aspire-bot"]["spec"]
    assert budget["minAvailable"] == 1


def test_bots_are_probed_where_they_answer(objects: list[Object]) -> None:
    (bot,) = [container for name, container in _containers(objects) if name == "aspire-bot"]
    paths = {probe: bot[probe]["httpGet"]["path"] for probe in bot if probe.endswith("Probe")}
    assert paths == {
        "startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz",
    }  # fmt: skip


def test_selectors_find_what_they_are_for(objects: list[Object]) -> None:
    labels = [pod["metadata"]["labels"] for pod in _pods(objects).values()]
    selectors = [one["spec"]["selector"] for one in _of(objects, "Service").values()]
    selectors += [
        one["spec"]["selector"]["matchLabels"]
        for one in _of(objects, "PodDisruptionBudget").values()
    ]
    for selector in selectors:
        assert any(selector.items() <= one.items() for one in labels), selector
    named = {one["app.kubernetes.io/name"] for one in labels}
    for policy in _of(objects, "NetworkPolicy").values():
        for one in policy["spec"]["podSelector"].get("matchExpressions", ()):
            assert set(one["values"]) <= named


def test_nothing_is_reached_unless_a_policy_says_so(objects: list[Object]) -> None:
    policies = _of(objects, "NetworkPolicy")
    assert policies["aspire-default-deny"]["spec"] == {
        "podSelector": {}, "policyTypes": ["Ingress", "Egress"],
    }  # fmt: skip


def test_secrets_are_named_and_never_held(objects: list[Object]) -> None:
    assert not _of(objects, "Secret")
    named = [
        source["secretRef"]["name"]
        for _, container in _containers(objects)
        for source in container.get("envFrom", ())
        if "secretRef" in source
    ]
    assert named == ["aspire-bot", "aspire-bot"]
    for _, container in _containers(objects):
        for variable in container.get("env", ()):
            if "PASSWORD" in variable["name"]:
                assert "value" not in variable


def test_image_is_that_of_this_version(objects: list[Object]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    images = {c["image"] for name, c in _containers(objects) if name.startswith("aspire-")}
    assert {image.rpartition(":")[2] for image in images} == {project["version"]}
