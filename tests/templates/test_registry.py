"""Templates by name, with their files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cvforge.errors import TemplateError
from cvforge.templates.folder import templates_folder
from cvforge.templates.registry import TEMPLATES, find_template, read_template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_its_class_the_core_and_a_description(name: str) -> None:
    template = find_template(name)
    files = read_template(template)
    assert set(files.files) == {"cvforge-core.sty", f"{template.document_class}.cls"}
    assert rf"\ProvidesClass{{{template.document_class}}}" in files.class_source
    assert files.description.text


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_offers_are_options_of_its_class(name: str) -> None:
    files = read_template(find_template(name))
    offered = (*files.description.papers, *files.description.densities)
    assert len(offered) > 2
    for option in offered:
        assert rf"\CvDeclareOption{{{option}}}" in files.class_source


def test_every_folder_of_a_template_is_registered() -> None:
    folders = {path.parent.name for path in templates_folder().glob("*/template.yaml")}
    assert folders == set(TEMPLATES)


def test_an_unknown_template_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(TemplateError) as refused:
        find_template("clasic")
    (finding,) = refused.value.diagnostics
    assert finding.code == "unknown-template"
    assert finding.hint is not None
    assert '"classic"' in finding.hint


def test_a_template_without_its_class_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(templates_folder(), tmp_path / "templates")
    (folder / "classic/cvforge-classic.cls").unlink()
    with pytest.raises(TemplateError) as refused:
        read_template(find_template("classic"), folder=folder)
    (finding,) = refused.value.diagnostics
    assert "cvforge-classic.cls" in finding.message
