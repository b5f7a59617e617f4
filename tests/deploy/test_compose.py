"""compose.yaml: by the schema of the specification, and what the services are held to."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from release.lock import read_lock
from tests.deploy.tools import DEPLOY, ROOT, fits_schema, known_settings, uncommented

COMPOSE = DEPLOY / "compose.yaml"
Service = dict[str, Any]


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    """Services with their anchors merged in, as an engine reads them."""
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


def test_fits_the_specification() -> None:
    fits_schema("compose-spec", COMPOSE)


def test_the_console_can_be_put_in_force(tmp_path: Path) -> None:
    file = tmp_path / "compose.yaml"
    text = uncommented(COMPOSE.read_text(encoding="utf-8"), "console:")
    file.write_text(text, encoding="utf-8")
    fits_schema("compose-spec", file)
    services = yaml.safe_load(text)["services"]
    console, bot = services["console"], services["bot"]
    # Loopback of a container is nobody else's, and two services cannot have one port.
    assert console["command"] == ["aspire-bot", "console", "--host", "0.0.0.0"]  # noqa: S104
    port = console["environment"]["ASPIRE_PORT"]
    assert console["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert not set(console["ports"]) & set(bot["ports"])
    assert console["user"] == bot["user"]
    proxy = (DEPLOY / "nginx" / "aspire-bot.conf").read_text(encoding="utf-8")
    assert f"proxy_pass http://127.0.0.1:{port};" in proxy


def test_both_programs_run_without_rights_on_a_file_system_they_cannot_write(
    services: dict[str, Service],
) -> None:
    for name in ("bot", "watch", "backup"):
        service = services[name]
        assert service["read_only"] is True
        assert service["user"] == "10001:10001"
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "data:/var/lib/aspire-bot" in service["volumes"]


def test_no_port_is_open_beyond_this_machine(services: dict[str, Service]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_servers_are_started_by_their_profile_alone(services: dict[str, Service]) -> None:
    by_profile = {name: service.get("profiles") for name, service in services.items()}
    assert by_profile == {
        "bot": None, "watch": None, "backup": ["backup"],
        "postgres": ["server"], "chroma": ["server"],
    }  # fmt: skip
    # Without the profile they are not there to depend on.
    assert all(one["required"] is False for one in services["bot"]["depends_on"].values())


def test_chroma_is_the_release_that_the_programs_speak(services: dict[str, Service]) -> None:
    pinned = {one.name: one.version for one in read_lock(ROOT / "requirements-run.lock")}
    assert services["chroma"]["image"] == f"chromadb/chroma:{pinned['chromadb']}"
    manifest = (DEPLOY / "kubernetes" / "server" / "chroma.yaml").read_text(encoding="utf-8")
    assert f"image: chromadb/chroma:{pinned['chromadb']} " in manifest


def test_no_secret_stands_in_the_file(services: dict[str, Service]) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    assert not re.search(r"xox[a-z]-|xapp-|password: \S", text)
    assert "POSTGRES_PASSWORD" not in services["postgres"]["environment"]


def test_example_of_settings_names_settings_that_are_read() -> None:
    text = (DEPLOY / "aspire-bot.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))
    assert named
    assert named <= known_settings()
    assert not re.search(r"^[A-Z_]+=.+$", text, re.MULTILINE)  # an example holds no value
