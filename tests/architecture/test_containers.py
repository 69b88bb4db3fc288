"""The container files, read as data: what starts in which profile, without weak defaults, and with the commands that exist."""

import re
from typing import Any

import pytest
import yaml

from tests.machine import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
OURS = ("migrate", "service", "scale-migrate", "scale-service")


def services(profile: str) -> set[str]:
    return {name for name, service in COMPOSE["services"].items() if profile in service["profiles"]}


def test_the_default_profile_is_one_service_with_the_embedded_engine_and_sqlite() -> None:
    assert "COMPOSE_PROFILES=single" in ENV_EXAMPLE.splitlines()
    assert services("single") == {"migrate", "service"}
    environment = COMPOSE["services"]["service"]["environment"]
    assert "DATABASE_URL" not in environment
    assert "ELASTICSEARCH_URL" not in environment
    assert COMPOSE["services"]["service"]["volumes"] == ["data:/data"]


def test_the_scale_profile_is_elasticsearch_postgresql_and_two_service_processes() -> None:
    assert services("scale") == {"scale-migrate", "scale-service", "postgres", "elasticsearch"}
    scale = COMPOSE["services"]["scale-service"]
    assert scale["deploy"]["replicas"] == 2
    assert scale["environment"]["DATABASE_URL"].startswith("postgresql+psycopg://")
    assert "@elasticsearch:9200" in scale["environment"]["ELASTICSEARCH_URL"]
    assert COMPOSE["services"]["elasticsearch"]["image"] == "elasticsearch:9.5.5"


def test_every_service_starts_after_the_schema_and_what_it_needs() -> None:
    assert COMPOSE["services"]["service"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    needs = COMPOSE["services"]["scale-service"]["depends_on"]
    assert needs["scale-migrate"] == {"condition": "service_completed_successfully"}
    for name, service in COMPOSE["services"].items():
        for other, how in service.get("depends_on", {}).items():
            assert COMPOSE["services"][other]["profiles"] == service["profiles"], name
            if how["condition"] == "service_healthy":
                assert "test" in COMPOSE["services"][other]["healthcheck"]


@pytest.mark.parametrize("name", OURS)
def test_our_processes_run_with_little_right(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["environment"]["PATENTRY_ENV"] == "production"


def test_no_secret_has_a_default_and_each_is_named_in_the_example() -> None:
    for variable, rest in re.findall(r"\$\{([A-Z_]+)(:[^}]*)?\}", COMPOSE_TEXT):
        assert re.search(rf"(?m)^#?{variable}=", ENV_EXAMPLE), variable
        if "PASSWORD" in variable:
            assert rest.startswith(":?"), variable
    assert re.search(r"(?m)^\w*PASSWORD=.", ENV_EXAMPLE) is None


def test_only_the_proxy_side_of_this_host_is_open() -> None:
    open_ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert len(open_ports) == 2
    assert all(":-127.0.0.1:" in port for port in open_ports)


def test_named_volumes_are_declared_and_all_used() -> None:
    used = {volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_in_particular_and_holds_no_tool_of_development() -> None:
    last = DOCKERFILE.split("FROM ")[-1]
    assert "\nUSER 10001\n" in last
    assert "COPY --from=build /opt/patentry /opt/patentry" in last
    assert "requirements.lock" not in last
    assert "production.txt" in DOCKERFILE
    assert 'ENTRYPOINT ["patentry"]' in last


def test_the_image_is_given_every_file_it_copies() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    copied = {source for line in re.findall(r"(?m)^COPY (?!--from)(.+)$", DOCKERFILE) for source in line.split()[:-1]}
    assert copied <= let_in
    assert all((ROOT / source).exists() for source in copied)
