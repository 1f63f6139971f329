"""The templates by name, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from cvforge.diagnostics import did_you_mean
from cvforge.errors import TemplateError
from cvforge.templates.classic import Classic
from cvforge.templates.folder import CORE, templates_folder

if TYPE_CHECKING:
    from cvforge.diagnostics import Place
    from cvforge.templates.base import Template

TEMPLATES: dict[str, type[Template]] = {template.name: template for template in (Classic,)}


@dataclass(frozen=True, slots=True)
class Description:
    """What ``template.yaml`` says about a template."""

    text: str
    papers: tuple[str, ...]
    densities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """What stands beside a document of one template: its class, the core, its description.

    ``is_shipped`` says that they came with cvforge; others are someone else's code.
    """

    description: Description
    class_source: str
    files: dict[str, bytes]
    is_shipped: bool = False


def find_template(name: str, *, place: Place | None = None) -> Template:
    """Return the template of that name; ``place`` is where it was asked for.

    Raises:
        TemplateError: when there is none.
    """
    if name not in TEMPLATES:
        raise TemplateError.one(
            "unknown-template",
            f'there is no template "{name}"',
            place=place,
            hint=did_you_mean(name, TEMPLATES),
        )
    return TEMPLATES[name]()


def read_template(template: Template, *, folder: Path | None = None) -> TemplateFiles:
    """Read the files of a template.

    Raises:
        TemplateError: when its class or description is not there.
    """
    root = folder or templates_folder()
    own, core = root / template.name, root / CORE
    class_file = own / f"{template.document_class}.cls"
    try:
        description = yaml.safe_load((own / "template.yaml").read_text(encoding="utf-8"))
        files = {path.name: path.read_bytes() for path in (core, class_file)}
    except OSError as error:
        raise TemplateError.one(
            "broken-template",
            f'the template "{template.name}" lacks the file {Path(error.filename).name}',
            hint="install cvforge again",
        ) from None
    about = Description(
        description["description"],
        tuple(description["papers"]),
        tuple(description["densities"]),
    )
    class_source = files[class_file.name].decode("utf-8")
    return TemplateFiles(about, class_source, files, is_shipped=folder is None)
