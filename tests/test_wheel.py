"""The wheel, as somebody who has only that gets it."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(command: list[str | Path], *, folder: Path, cache: Path) -> str:
    """Run outside the repository, with none of its code and none of its caches in reach."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "XDG_CACHE_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment["XDG_CACHE_HOME"] = str(cache)
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_carries_what_is_no_python(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    templates = [path for path in (ROOT / "latex_templates").rglob("*") if path.is_file()]
    assert templates
    assert {f"cvforge/{path.relative_to(ROOT).as_posix()}" for path in templates} <= held
    assert "cvforge/latex_templates/classic/cvforge-classic.cls" in held
    assert "cvforge/engine/packages.txt" in held
    assert not [name for name in held if name.startswith(("tests/", "profiles/"))]


def test_an_installed_wheel_builds_pdfs_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv/bin"
    folder, cache = tmp_path / "empty", tmp_path / "cache"
    folder.mkdir()
    install: list[str | Path] = [programs / "python", "-m", "pip", "install", "--quiet", wheel]
    # pip keeps its own cache: only cvforge starts from nothing.
    subprocess.run(install, cwd=folder, capture_output=True, check=True)
    run([programs / "cvforge", "new", "ada.yaml"], folder=folder, cache=cache)
    run([programs / "cvforge", "build", "ada.yaml"], folder=folder, cache=cache)
    assert sorted(path.name for path in (folder / "build").glob("*.pdf")) == [
        "ada-full.pdf",
        "ada-industry.pdf",
        "ada-one-page.pdf",
    ]
    pages = run(["pdfinfo", "build/ada-one-page.pdf"], folder=folder, cache=cache)
    assert "Pages:           1\n" in pages
