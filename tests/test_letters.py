"""Every two letters beside each other are read as they were typed, in every face."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from corpus import escaped, quoted

from cvforge.bibliography.references import References
from cvforge.check.report import check
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.texlive import TexLive

LETTERS = [*map(chr, range(33, 127)), *"äöüéàßñçøł“”‘’–—…½²°«»"]
WORDS = [a + b for a, b in product(LETTERS, LETTERS)] + [
    word
    for c in LETTERS
    for word in (f"ff{c}", f"f{c}f", f"tt{c}", f"fft{c}", f"ffi{c}", f"a{c}{c}{c}")
]
A_LINE = 60
HEAD = "person: {name: Ada Quill}\nsections:\n  - {id: a, title: Work, kind: bullets, bullets: [\n"


@pytest.mark.parametrize("mark", ["", "*", "**", "***"])
def test_every_pair_of_letters_is_read_as_typed(mark: str, tex: TexLive, tmp_path: Path) -> None:
    lines = [" ".join(WORDS[n : n + A_LINE]) for n in range(0, len(WORDS), A_LINE)]
    texts = [quoted(f"{mark}a {escaped(line)} a{mark}") for line in lines]
    path = tmp_path / "ada.yaml"
    path.write_text(HEAD + ",\n".join(f"    {text}" for text in texts) + "]}\n", "utf-8")
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    made = build(load_profile(path).profile, "full", works=Works(References({})), tools=tools)
    found = check(made.pdf, made.cv).findings
    assert [finding.message for finding in found if finding.code != "unfound"] == []
