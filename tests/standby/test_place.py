"""Where a process that stands by listens, and where none is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.standby.place import is_wanted, socket_path

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """An environment with a cache whose path is short."""
    with tempfile.TemporaryDirectory(prefix="cv") as cache:
        Path(cache, "cvforge").mkdir()
        yield {"XDG_CACHE_HOME": cache}


@pytest.mark.parametrize(
    "variables", [{"CI": "true"}, {"CVFORGE_STANDBY": "off"}, {"CVFORGE_STANDBY": "off", "CI": ""}]
)
def test_continuous_integration_and_the_switch_want_none(variables: dict[str, str]) -> None:
    assert not is_wanted(variables)


@pytest.mark.parametrize("variables", [{}, {"CI": ""}, {"CVFORGE_STANDBY": "on"}])
def test_elsewhere_one_is_wanted(variables: dict[str, str]) -> None:
    assert is_wanted(variables)


def test_other_systems_want_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not is_wanted({})


@pytest.mark.parametrize("option", ["-f 100", "-v 10000000", "-t 1000", "-d 10000000"])
def test_a_process_with_limits_of_its_own_wants_none(option: str) -> None:
    code = "from cvforge.standby.place import is_wanted; print(is_wanted({}))"
    script = f'ulimit {option}; exec "$0" -c "{code}"'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_it_lies_in_the_users_cache(environment: dict[str, str]) -> None:
    path = Path(socket_path(environment) or "")
    assert path.parent == Path(environment["XDG_CACHE_HOME"], "cvforge/standby")
    assert socket_path(environment) == str(path)
    assert socket_path(environment | {"LANG": "C"}) == str(path)


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONWARNINGS", "PYTHONUTF8"])
def test_another_python_has_another(environment: dict[str, str], name: str) -> None:
    assert socket_path(environment | {name: "1"}) not in {None, socket_path(environment)}


def test_another_niceness_has_another(environment: dict[str, str]) -> None:
    code = "import os; from cvforge.standby import place; print(place.socket_path(os.environ))"
    for command in ((), ("nice",)):
        done = subprocess.run(
            [*command, sys.executable, "-c", code],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        environment[str(command)] = done.stdout
    assert environment["()"] != environment["('nice',)"]


@pytest.mark.parametrize("cache", ["relative", "/nonexistent/cache", "/dev/null", "/"])
def test_without_a_cache_there_is_none(cache: str) -> None:
    assert socket_path({"XDG_CACHE_HOME": cache}) is None


def test_in_a_cache_whose_path_is_too_long_there_is_none(tmp_path: Path) -> None:
    cache = tmp_path / ("x" * 100)
    (cache / "cvforge").mkdir(parents=True)
    assert socket_path({"XDG_CACHE_HOME": str(cache)}) is None


def test_in_the_cache_of_somebody_else_there_is_none(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert socket_path(environment) is None
