"""A person's own version of a template: what is read of the folder that they named, and refused."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from cvforge.errors import TemplateError
from cvforge.reads import listening
from cvforge.record import content_sum
from cvforge.templates.folder import CORE, class_files, dependencies, templates_folder
from cvforge.templates.own import MAX_BYTES, MAX_FILES
from cvforge.templates.registry import find_template, read_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.diagnostics import Diagnostic
    from cvforge.templates.registry import TemplateFiles

CLASS = "classic/cvforge-classic.cls"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a copy of the class and its description, and no core."""
    shutil.copytree(templates_folder() / "classic", tmp_path / "mine/classic")
    return tmp_path / "mine"


def read(folder: Path) -> TemplateFiles:
    return read_template(find_template("classic"), folder=folder)


def refused(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(TemplateError) as error:
        read(folder)
    assert all(
        finding.hint for finding in error.value.diagnostics if finding.code == "broken-template"
    )
    return error.value.diagnostics


def added(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_copy_of_the_class_is_read_and_is_not_cvforge_s(own: Path) -> None:
    shipped = read_template(find_template("classic"))
    made = read(own)
    assert (shipped.is_shipped, made.is_shipped) == (True, False)
    assert made.files == shipped.files == class_files("classic", own)
    assert made.description == shipped.description


def test_the_core_is_theirs_where_they_have_one(own: Path) -> None:
    core = own / CORE
    core.parent.mkdir()
    core.write_bytes(read(own).files["cvforge-core.sty"] + b"% mine\n")
    assert read(own).files["cvforge-core.sty"].endswith(b"% mine\n")
    core.write_text("\\newcommand\\CvOpen[2]{}\n", "utf-8")
    assert "\\CvClose" in "".join(finding.message for finding in refused(own))


def test_files_of_tex_stand_beside_the_class_and_others_do_not(own: Path) -> None:
    for name in ("looks.sty", "words.tex", "notes.md", ".hidden.sty", "cvforge-classic.cls~"):
        (own / "classic" / name).write_text("% x\n", "utf-8")
    assert set(read(own).files) == {
        "cvforge-core.sty",
        "cvforge-classic.cls",
        "looks.sty",
        "words.tex",
    }


def test_whoever_listens_is_told_of_every_file_and_of_the_core_that_is_not_there(own: Path) -> None:
    told: dict[str, bytes | None] = {}
    with listening(lambda path, content: told.update({path.relative_to(own).as_posix(): content})):
        read(own)
    assert told.pop(CORE) is None
    assert set(told) == {CLASS, "classic/template.yaml"}


def test_what_documents_depend_on_changes_with_each_file_that_comes_or_goes(own: Path) -> None:
    def sums() -> dict[str, str | None]:
        return {path: content_sum(path) for path in dependencies("classic", own)}

    first = sums()
    assert first[(own / CORE).as_posix()] is None
    folder = f"{(own / 'classic').as_posix()}/"
    (own / "classic/notes.md").write_text("x", "utf-8")
    assert sums() == first
    (own / "classic/looks.sty").write_text("x", "utf-8")
    assert sums()[folder] != first[folder]
    (own / "classic/looks.sty").unlink()
    assert sums() == first
    assert set(dependencies("classic", own / "nowhere")) == {
        (own / "nowhere" / CORE).as_posix(),
        f"{(own / 'nowhere/classic').as_posix()}/",
        (own / "nowhere/classic/template.yaml").as_posix(),
    }


def without_class(own: Path) -> None:
    (own / CLASS).unlink()


def without_description(own: Path) -> None:
    (own / "classic/template.yaml").unlink()


def link_out(own: Path) -> None:
    (own / "classic/looks.sty").symlink_to("/etc/passwd")


def core_out(own: Path) -> None:
    (own / "core").mkdir()
    (own / CORE).symlink_to("/etc/passwd")


def link_nowhere(own: Path) -> None:
    (own / "classic/looks.sty").symlink_to("gone.sty")


def pipe(own: Path) -> None:
    os.mkfifo(own / "classic/looks.sty")


def folder_of_that_name(own: Path) -> None:
    (own / "classic/looks.sty").mkdir()


def too_large(own: Path) -> None:
    (own / "classic/looks.sty").write_bytes(b"%" * (MAX_BYTES + 1))


def too_many(own: Path) -> None:
    for number in range(MAX_FILES):
        (own / f"classic/{number}.sty").touch()


def of_the_document(own: Path) -> None:
    (own / "classic/CV.tex").touch()


def core_beside(own: Path) -> None:
    (own / "classic/cvforge-core.sty").touch()


def latin(own: Path) -> None:
    (own / "classic/looks.sty").write_bytes(b"% \xe9\n")


def no_description(own: Path) -> None:
    (own / "classic/template.yaml").write_text("[" * 3000, "utf-8")


def another_description(own: Path) -> None:
    (own / "classic/template.yaml").write_text("papers: !!python/name:os.system x\n", "utf-8")


def no_text_face(own: Path) -> None:
    replaced(own / CLASS, "\\CvDeclareFace{text}", "\\CvDeclareFace{words}")


def an_option_for_a_font(own: Path) -> None:
    replaced(own / CLASS, "lmmono10-regular.otf", "--mktex=tfm")


def a_font_of_another_folder(own: Path) -> None:
    replaced(own / CLASS, "{LinLibertine_R.otf}", "{../font.otf}")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (without_class, "cvforge-classic.cls"),
        (without_description, "there is no file"),
        (link_out, "links out of"),
        (core_out, "links out of"),
        (link_nowhere, "cannot be read: it links to"),
        (pipe, "it is no regular file"),
        (folder_of_that_name, "it is a folder"),
        (too_large, "more than the 1,048,576 bytes"),
        (too_many, "has 21 files of TeX; 20 are allowed"),
        (of_the_document, "CV.tex"),
        (core_beside, "cvforge-core.sty"),
        (latin, "is not written in UTF-8: see its byte 3"),
        (no_description, "is no description"),
        (another_description, "is no description"),
        (no_text_face, 'declares no face "text"'),
        (an_option_for_a_font, 'declares no face "code"'),
        (a_font_of_another_folder, 'declares no face "text"'),
    ],
)
def test_what_cannot_be_used_is_one_error_that_names_it(
    fault: Callable[[Path], None], said: str, own: Path
) -> None:
    fault(own)
    (finding,) = refused(own)
    assert said in finding.message


def test_a_folder_that_is_not_there_names_what_to_begin_with(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path / "mine")
    assert 'mine" has no folder "classic"' in finding.message
    assert finding.hint is not None
    assert (templates_folder() / "classic").as_posix() in finding.hint


def test_all_files_that_cannot_be_read_are_told_at_once(own: Path) -> None:
    link_out(own)
    (own / "classic/more.sty").mkdir()
    assert len(refused(own)) == 2


def test_macros_that_documents_call_and_the_class_does_not_declare_are_named(own: Path) -> None:
    replaced(own / CLASS, "\\newcommand\\CvSection[2]", "\\newcommand\\CvHeading[2]")
    replaced(own / CLASS, "\\newcommand\\CvParagraph[1]", "\\newcommand\\CvParagraph[2]")
    missing, other = refused(own)
    assert missing.message.endswith(
        "does not declare \\CvSection, which documents call with 2 arguments"
    )
    assert other.message == "\\CvParagraph is declared with 2 arguments and called with 1 argument"
    assert other.place is not None
    line = (own / CLASS).read_text("utf-8").split("\n")[other.place.line - 1]
    assert line == other.place.text
    start = other.place.column - 1
    assert line[start : start + other.place.length] == "\\CvParagraph"


@pytest.mark.parametrize(
    "declaration",
    [
        "\\newcommand{\\CvParagraph}[1]{#1}",
        "\\newcommand*\\CvParagraph [1] {#1}",
        "\\newcommand{\\CvParagraph}% its text\n  [1]{#1}",
        "\\DeclareRobustCommand\\CvParagraph[1]{#1}",
        "\\NewDocumentCommand\\CvParagraph{ +m }{#1}",
        "\\NewDocumentCommand{\\CvParagraph}{m}{#1}",
        "\\def\\CvParagraph#1{#1}",
        "\\let\\CvParagraph\\textbf",
        "\\newcommand\\CvParagraph[1]{#1}\\renewcommand\\CvParagraph[1]{\\textbf{#1}}",
    ],
)
def test_a_macro_may_be_declared_in_any_way_also_in_a_file_beside(
    declaration: str, own: Path
) -> None:
    replaced(own / CLASS, "\\newcommand\\CvParagraph[1]", "\\newcommand\\cv@paragraph[1]")
    assert len(refused(own)) == 1
    (own / "classic/looks.sty").write_text(f"{declaration}\n", "utf-8")
    assert "looks.sty" in read(own).files


def test_a_comment_declares_nothing(own: Path) -> None:
    replaced(own / CLASS, "\\newcommand\\CvParagraph[1]", "\\newcommand\\cv@paragraph[1]")
    added(own / CLASS, "% \\newcommand\\CvParagraph[1]{#1}\n")
    assert len(refused(own)) == 1
