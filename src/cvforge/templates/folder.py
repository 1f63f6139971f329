"""Where the class files are, and which of them stand beside a document; no template is loaded."""

from __future__ import annotations

from pathlib import Path

CORE = "core/cvforge-core.sty"
DEFAULT_TEMPLATE = "classic"


def templates_folder() -> Path:
    """Return the folder of class files: inside the installed package, or beside its sources."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "latex_templates"
    return installed if installed.is_dir() else package.parents[1] / "latex_templates"


def template_paths(name: str) -> list[Path]:
    """Return the files of a template: the core, its class, its description."""
    root = templates_folder()
    return [root / CORE, *sorted(path for path in (root / name).glob("*.*") if path.is_file())]


def class_files(name: str) -> dict[str, bytes]:
    """Return the files that documents of a template are set with, by their names.

    Raises:
        OSError: when they cannot be read.
    """
    paths = [path for path in template_paths(name) if path.suffix in {".sty", ".cls"}]
    return {path.name: path.read_bytes() for path in paths}
