"""The templates by name, and their files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from cvforge.diagnostics import did_you_mean
from cvforge.errors import TemplateError
from cvforge.frozen import dataclass
from cvforge.templates.classic import Classic
from cvforge.templates.folder import CORE, DESCRIPTION, templates_folder

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
    """Read the files of a template; ``folder`` is where the person's own version is.

    Raises:
        TemplateError: when its class or description is not there, or cannot be used.
    """
    if folder is not None:
        return _read_own(template, folder)
    root = templates_folder()
    own, core = root / template.name, root / CORE
    class_file = own / f"{template.document_class}.cls"
    try:
        description = (own / DESCRIPTION).read_text(encoding="utf-8")
        files = {path.name: path.read_bytes() for path in (core, class_file)}
    except OSError as error:
        raise TemplateError.one(
            "broken-template",
            f'the template "{template.name}" lacks the file {Path(error.filename).name}',
            hint="install cvforge again",
        ) from None
    about = _described(description, own / DESCRIPTION)
    class_source = files[class_file.name].decode("utf-8")
    return TemplateFiles(about, class_source, files, is_shipped=True)


def _read_own(template: Template, folder: Path) -> TemplateFiles:
    from cvforge.latex.fonts import declared_faces  # noqa: PLC0415  seldom asked for
    from cvforge.templates.macros import lacking, missing_faces  # noqa: PLC0415  the same
    from cvforge.templates.own import broken, decoded, own_description, own_files  # noqa: PLC0415

    files = own_files(template.name, folder)
    own = folder / template.name
    about = _described(own_description(template.name, folder), own / DESCRIPTION)
    class_file = own / f"{template.document_class}.cls"
    if class_file.name not in files:
        raise broken(
            f'there is no file "{class_file.as_posix()}"',
            hint=f"the class of a version of {template.name} keeps its name",
        )
    core = folder / CORE
    sources = {
        path.as_posix(): decoded(content, path)
        for name, content in files.items()
        for path in [core if name == core.name else own / name]
    }
    shipped = {name: text.decode() for name, text in read_template(template).files.items()}
    class_source, file = sources[class_file.as_posix()], class_file.as_posix()
    found = lacking(sources, shipped, file=file)
    if found := [*found, *missing_faces(declared_faces(class_source), file=file)]:
        raise TemplateError(found)
    return TemplateFiles(about, class_source, files)


@lru_cache(maxsize=8)  # each build reads it
def _described(text: str, path: Path) -> Description:
    """Return what a description says.

    Raises:
        TemplateError: when it says something else.
    """
    try:
        said = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  it makes texts and nothing else
        papers, densities = (tuple(map(str, said[key])) for key in ("papers", "densities"))
        return Description(str(said["description"]), papers, densities)
    except (yaml.YAMLError, RecursionError, KeyError, TypeError):
        raise TemplateError.one(
            "broken-template",
            f'"{path.as_posix()}" is no description of a template',
            hint="it has a description, a list of papers, and a list of densities",
        ) from None
