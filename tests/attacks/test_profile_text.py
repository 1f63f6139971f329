"""Attacks as text of a profile: each prints as it was typed, or is refused at its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from attacks.conftest import SECRET
from corpus import as_code, escaped, quoted
from hostile import ENDLESS, LUA, LUA_ENDLESS, XETEX, placed
from trial import as_link, changed, made_of, unread, written

from cvforge.bibliography.references import References
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import ENGINES
from cvforge.errors import CvforgeError
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from attacks.conftest import Scene

    from cvforge.engine.texlive import TexLive

# What is longer than a line is broken, which other tests judge.
SHORT = 110
CODES = {name: placed(code, "/outside") for name, code in (XETEX | ENDLESS | LUA).items()}
CODES |= {f"endless {name}": code for name, code in LUA_ENDLESS.items()}
# What is written differently, or aims at what stands around a text.
TRICKS = (
    r"^^5cinput{/etc/passwd}",
    r"}\input{/etc/passwd}{",
    r"\end{document}\input{/etc/passwd}",
    r"\\input{/etc/passwd}",
    "$\\input{/etc/passwd}$ and $x^2$",
    "\N{FULLWIDTH REVERSE SOLIDUS}input",
    r"%\input{/etc/passwd}",
    r"#1\input",
    "$SELFAUTOPARENT/etc/passwd",
    r") /OpenAction << /S /Launch /F (/bin/sh) >> (",
    r"\catcode`\@=0 @input{/etc/passwd}",
)
ATTACK = r"\input{/etc/passwd}\write18{touch x}"
FRAME = """\
person: {{name: {name}, headline: [{headline}], location: {location}, {contact}}}
sections:
  - id: {id}
    title: {title}
    kind: timeline
    entries:
      - title: Designer
        organization: {organization}
        {date}
        bullets: [{bullet}]
variants: {{{variant}: {{}}}}
"""
PLAIN = {
    "name": "Ada Quill",
    "headline": "Designer",
    "location": "Lisbon",
    "contact": "email: ada@example.org",
    "id": "work",
    "title": "Work",
    "organization": "Example Press",
    "date": "start: 2020",
    "bullet": "Drew letters.",
    "variant": "full",
}
TYPED = quoted(escaped(ATTACK))
RAW = quoted(ATTACK)
PRINTED = ("name", "headline", "location", "title", "organization", "bullet")
NOT_TEXTS = {
    "id": RAW,
    "variant": RAW,
    "date": f"start: {RAW}",
    "contact": f"email: {RAW}",
}
LINKS = {
    "url of a contact": f"links: [{{label: Code, value: there, url: {RAW}}}]",
    "address": f"website: {{value: there, url: {quoted('https://example.org/' + ATTACK)}}}",
    "label": f"links: [{{label: {TYPED}, value: there}}]",
    "telephone": f"phone: {RAW}",
}


def test_every_attack_is_read_as_it_was_typed(tex: TexLive, tmp_path: Path) -> None:
    codes = [*CODES.values(), *TRICKS]
    strings = written(codes, escaped, as_code, as_link, most=SHORT)
    assert len(strings) > 2 * len(codes)
    made = made_of(strings, tex, tmp_path)
    assert {each.text: found for each, found in made.refused.items() if "｜" not in each.text} == {}
    assert changed(made) == []
    assert unread(made, tmp_path) == []


def built(scene: Scene, profile: str) -> str | CvforgeError:
    """Return what is printed of a profile, or why it is refused; nothing else may happen."""
    before = scene.contents()
    scene.profile.write_text(profile, "utf-8")
    tools = Tools(ENGINES["xelatex"](scene.tex), FontCoverage(scene.tex), 0)
    try:
        read = load_profile(scene.profile).profile
        made = build(read, "full", works=Works(References({})), tools=tools)
    except CvforgeError as error:
        return error
    finally:
        assert scene.contents() == before
    out = subprocess.run(["pdftotext", "-", "-"], input=made.pdf, capture_output=True, check=True)
    return out.stdout.decode()


@pytest.mark.parametrize("place", PRINTED)
def test_a_text_is_printed_wherever_it_stands(scene: Scene, place: str) -> None:
    text = built(scene, FRAME.format(**PLAIN | {place: TYPED}))
    assert isinstance(text, str), text
    assert re.sub(r"\s", "", ATTACK) in re.sub(r"\s", "", text)


@pytest.mark.parametrize("place", NOT_TEXTS)
def test_what_is_no_text_is_refused_at_its_place(scene: Scene, place: str) -> None:
    error = built(scene, FRAME.format(**PLAIN | {place: NOT_TEXTS[place]}))
    assert isinstance(error, CvforgeError)
    assert error.exit_status == 3
    assert all(found.place is not None for found in error.diagnostics)


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_printed_or_refused(scene: Scene, name: str) -> None:
    text = built(scene, FRAME.format(**PLAIN | {"contact": LINKS[name]}))
    if isinstance(text, CvforgeError):
        assert text.exit_status == 3
    else:
        assert "Ada Quill" in text


BIBLIOGRAPHY = r"""@article{quill2020,
  author = {Quill, Ada and {\input{/etc/passwd}}},
  title = {The \input{/etc/passwd} of \write18{touch x}},
  journal = {\directlua{os.execute('touch x')}},
  note = {\special{pdf:fstream @x (/etc/passwd)}},
  doi = {10.1000/\input{x}},
  url = {https://example.org/\input{/etc/passwd}},
  year = {2020}}
"""


def test_names_of_files_and_bibliographies_are_text(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """A profile, its overlay, its .bib file and the output folder, all named like code."""
    cache = pytestconfig.cache
    assert cache is not None
    folder = tmp_path / r"\input{secret}"
    folder.mkdir()
    (folder / "secret").write_text(SECRET, "utf-8")
    profile, overlay = folder / r"\write18{touch x}.yaml", folder / "$HOME ^^5c.yaml"
    papers = "{id: p, title: Papers, kind: publications}"
    profile.write_text(
        f"person: {{name: Ada}}\nbibliography: '#1.bib'\nsections: [{papers}]\n", "utf-8"
    )
    overlay.write_text(f"person: {{name: {TYPED}}}\n", "utf-8")
    (folder / "#1.bib").write_text(BIBLIOGRAPHY, "utf-8")
    output = folder / "%out"
    command = "from cvforge.cli import main; main()"
    options = ["--variant", "full", "-q", "--lenient", "--overlay", str(overlay)]
    options += ["--output", str(output)]
    environment = {"XDG_CACHE_HOME": str(cache.mkdir("attacks")), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", command, "build", profile, *options],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (pdf,) = output.glob("*.pdf")
    assert pdf.name == r"\write18{touch x}-full.pdf"
    out = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout
    assert re.sub(r"\s", "", ATTACK) in re.sub(r"\s", "", out.decode())
    assert SECRET not in out.decode()
    assert not (folder / "x").exists()
