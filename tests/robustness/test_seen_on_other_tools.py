"""What tools that make CVs were seen to do to texts: each of it here, by a real build."""

from __future__ import annotations

import resource
import subprocess
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.references import References
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import ProfileError
from cvforge.pdf.inspection import page_texts
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult

HEAD = "person:\n  name: Ada Quill\n"
MOST_SECONDS = 5  # of processor time; one of the tools took 67
MOST_MEMORY = 400_000_000  # bytes more than before; one of them took 1.4 GB
BEGINNING = "root:x:0:0"  # of what an injection was seen to print


def built(profile: str, tex: TexLive, folder: Path) -> BuildResult:
    path = folder / "ada.yaml"
    path.write_text(profile, "utf-8")
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    return build(load_profile(path).profile, "full", works=Works(References({})), tools=tools)


def read(result: BuildResult, folder: Path) -> dict[str, str]:
    """Return the text by two readers, on one line and in normal form."""
    pdf = folder / "ada.pdf"
    pdf.write_bytes(result.pdf)
    run = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    poppler = subprocess.run(run, capture_output=True, check=True).stdout.decode("utf-8")
    texts = {"poppler": poppler, "pdfium": "\n".join(page_texts(result.pdf))}
    return {by: unicodedata.normalize("NFC", " ".join(t.split())) for by, t in texts.items()}


def with_bullets(*texts: str) -> str:
    lines = [f"      - '{text}'\n" for text in texts]
    head = "sections:\n  - id: a\n    title: Work\n    kind: bullets\n    bullets:\n"
    return HEAD + head + "".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "5 μm and μP²",
        "launched 🚀 in May",
        "a name, سلام, in Arabic",
        "a name, עברית, in Hebrew",
        "→ ≥ ½ №",
        "paid 5 ﷼ a day",
        "an efficient office, a flow, a fjord, (staff)",
    ],
)
def test_no_character_vanishes(text: str, tex: TexLive, tmp_path: Path) -> None:
    for found in read(built(with_bullets(text), tex, tmp_path), tmp_path).values():
        without_marks = "".join(c for c in found if unicodedata.category(c) != "Cf")
        # PDFium writes some signs as the letters that they stand for.
        assert unicodedata.normalize("NFKC", f"• {text}") in unicodedata.normalize(
            "NFKC", without_marks
        )


def test_a_bullet_is_read_as_a_bullet_before_its_text(tex: TexLive, tmp_path: Path) -> None:
    for found in read(built(with_bullets("First", "Second"), tex, tmp_path), tmp_path).values():
        assert "Work • First • Second" in found


def test_a_word_of_400_characters_stays_on_the_page(tex: TexLive, tmp_path: Path) -> None:
    word = "abcdefghij" * 40
    for found in read(built(with_bullets(word), tex, tmp_path), tmp_path).values():
        assert word in found.replace(" ", "")


@pytest.mark.parametrize("text", ["x" * 1_000_000, "lorem ipsum " * 83_333, "x" * 100_000])
def test_a_text_without_end_is_refused_at_once_and_says_so(
    text: str, tex: TexLive, tmp_path: Path
) -> None:
    started, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ProfileError) as refused:
        built(with_bullets(text), tex, tmp_path)
    assert time.process_time() - started < MOST_SECONDS
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    assert used * 1024 < MOST_MEMORY
    assert {found.code for found in refused.value.diagnostics} & {"text-long", "too-large"}


@pytest.mark.parametrize("text", ["x" * 19_990, "%" * 19_990, "骨" * 19_990, "word " * 3_900])
def test_a_text_as_long_as_may_be_is_read_whole(text: str, tex: TexLive, tmp_path: Path) -> None:
    """A build compares what is read with what was typed; here it is counted as well."""
    texts = read(built(with_bullets(text), tex, tmp_path), tmp_path)
    for found in texts.values():
        assert all(found.count(each) >= text.count(each) for each in set(text) - {" "})


@pytest.mark.parametrize(
    ("number", "target"),
    [
        ("+86 555 0100", b"tel:+865550100"),
        ("(+86) 555-0100", b"tel:+865550100"),
        ("+49 (0)30 555 0100 ext. 12", b"tel:+49305550100;ext=12"),
    ],
)
def test_a_country_s_code_is_printed_and_dialled(
    number: str, target: bytes, tex: TexLive, tmp_path: Path
) -> None:
    profile = f"{HEAD}  phone: '{number}'\n" + with_bullets("x").removeprefix(HEAD)
    result = built(profile, tex, tmp_path)
    for found in read(result, tmp_path).values():
        assert number in found
    links = subprocess.run(
        ["pdfinfo", "-url", str(tmp_path / "ada.pdf")], capture_output=True, check=True
    ).stdout
    assert target in links


@pytest.mark.parametrize(
    "target",
    [
        r"https://example.org/}\input{/etc/passwd}",
        r"https://example.org/}{}\input /etc/passwd %",
        r"https://example.org/#}\immediate\write18{id}",
    ],
)
def test_the_target_of_a_link_runs_nothing(target: str, tex: TexLive, tmp_path: Path) -> None:
    profile = HEAD + f"  links:\n    - value: A page\n      url: '{target.replace(' ', '')}'\n"
    result = built(profile + with_bullets("x").removeprefix(HEAD), tex, tmp_path)
    assert r"\input" not in result.source
    for found in read(result, tmp_path).values():
        assert BEGINNING not in found
        assert "A page" in found


@pytest.mark.parametrize(
    "text", ["#range(400000000)", "#for i in range(400000000) { [x] }", "{% for i in range(9) %}"]
)
def test_a_text_that_looks_like_a_program_is_printed(
    text: str, tex: TexLive, tmp_path: Path
) -> None:
    for found in read(
        built(with_bullets(text.replace("[", r"\[")), tex, tmp_path), tmp_path
    ).values():
        assert f"• {text}" in found
