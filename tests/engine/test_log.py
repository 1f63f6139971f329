"""What a TeX log says, as findings: shortened logs of real runs."""

from __future__ import annotations

import pytest

from cvforge.engine.base import LogFinding, Page
from cvforge.engine.log import UNEXPECTED, findings, pages, rerun_reason

CLEAN = """\
This is XeTeX, Version 3.141592653-2.6-0.999994 (TeX Live 2022/Debian) (preloaded format=xelatex)
**cv.tex
(./cv.tex
LaTeX2e <2022-11-01> patch level 1
(./cvforge-classic.cls
Document Class: cvforge-classic 2026/11/21 cvforge: the academic CV in one column
)
LaTeX Font Info:    Overwriting symbol font `operators' in version `normal'
cvforge-page: 2 241.70004pt 719.85474pt 22.47498pt
 [2] (./cv.aux) )
Output written on cv.xdv (2 pages, 72128 bytes).
"""
UNDEFINED = """\
! Undefined control sequence.
l.12 \\CvNope
            {x}
No pages of output.
"""
NO_FILE = """\
! LaTeX Error: File `/etc/passwd.tex' not found.

Type X to quit or <RETURN> to proceed,

Enter file name:
! Emergency stop.
<read *>

l.3 \\input{/etc/passwd}
                       ^^M
!  ==> Fatal error occurred, no output PDF file produced!
"""
MISSING = """\
! Missing character: There is no Ж (U+0416) in font [LinLibertine_R.otf]/OT:mapping=tex-text;!.
l.27 \\CvBullet{aЖ}%
"""
WIDE = "Overfull \\hbox (10.0pt too wide) in paragraph at lines 21--22\n"
HIGH = "Overfull \\vbox (72.27pt too high) has occurred while \\output is active []\n"


def test_a_clean_log_has_no_findings() -> None:
    assert list(findings(CLEAN)) == []
    assert rerun_reason(CLEAN) is None


def test_an_error_has_its_message_and_line() -> None:
    found = LogFinding("tex", "Undefined control sequence", 12, hint=UNEXPECTED)
    assert list(findings(UNDEFINED)) == [found]


def test_what_follows_from_an_error_is_no_finding_of_its_own() -> None:
    message = "LaTeX Error: File `/etc/passwd.tex' not found"
    assert list(findings(NO_FILE)) == [LogFinding("tex", message, 3, hint=UNEXPECTED)]


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ("! Emergency stop.\n<*> cv.tex\n", "stopped"),
        ("!  ==> Fatal error occurred, no output PDF file produced!\n", "stopped"),
        ("No pages of output.\n", "no-pages"),
    ],
)
def test_without_an_error_before_it_the_end_itself_is_the_finding(log: str, code: str) -> None:
    assert [(finding.code, finding.is_error) for finding in findings(log)] == [(code, True)]


def test_a_missing_glyph_names_its_character_and_line() -> None:
    assert list(findings(MISSING)) == [LogFinding("missing-glyph", "no glyph for Ж (U+0416)", 27)]


def test_a_missing_glyph_is_an_error_where_tex_only_mentions_it() -> None:
    (finding,) = findings("Missing character: There is no ☎ (U+260E) in font cv-text!\n")
    assert (finding.code, finding.is_error) == ("missing-glyph", True)
    assert "U+260E" in finding.message


@pytest.mark.parametrize(
    ("log", "code", "message"),
    [
        (
            "! LaTeX Error: File `tikz.sty' not found.\nl.3 x\n",
            "missing-package",
            'TeX has no file "tikz.sty", which the template needs',
        ),
        (
            '! Font \\x="[none.otf]:mapping=tex-text" at 9pt not loadable: Metric (TFM).\nl.3 x\n',
            "missing-font",
            'there is no font "none.otf" here',
        ),
        (
            "! Font TU/none/m/n/10=none at 10.0pt not loaded: Metric (TFM) not found.\nl.3 x\n",
            "missing-font",
            'there is no font "none" here',
        ),
        (
            '! Package fontspec Error: The font "No Such" cannot be found.\nl.3 x\n',
            "missing-font",
            'there is no font "No Such" here',
        ),
        (
            "! Dimension too large.\n<to be read again>\nl.3 x\n",
            "too-long",
            "a text is too long to stand on one line here",
        ),
    ],
)
def test_what_tex_lacks_or_cannot_do_is_named_with_the_way_out(
    log: str, code: str, message: str
) -> None:
    (finding,) = findings(log)
    assert (finding.code, finding.message, finding.line) == (code, message, 3)
    assert finding.hint is not None


def test_an_overfull_line_is_a_warning_in_millimetres() -> None:
    (finding,) = findings(WIDE)
    expected = LogFinding("overfull", "the text runs 3.5 mm into the margin", 21, is_error=False)
    assert finding == expected


def test_an_overfull_page_is_a_warning_without_a_line() -> None:
    (finding,) = findings(HIGH)
    expected = LogFinding("overfull", "the text runs 25.4 mm below the page", None, is_error=False)
    assert finding == expected


def test_a_line_number_far_away_belongs_to_something_else() -> None:
    log = "! Extra }.\n" + "\n" * 50 + "l.99 x\n"
    assert [finding.line for finding in findings(log)] == [None]


def test_every_page_that_is_reported_is_read() -> None:
    log = "cvforge-page: 1 10.5pt 700.0pt 3.0pt\n" + CLEAN
    assert pages(log) == (Page(1, 10.5, 700.0, 3.0), Page(2, 241.70004, 719.85474, 22.47498))
    assert pages("cvforge-page: soon\n") == ()


def test_a_rerun_has_a_reason() -> None:
    assert rerun_reason("x\ncvforge-rerun: the number of pages is now 2\ny\n") == (
        "the number of pages is now 2"
    )
    assert rerun_reason("it says cvforge-rerun: no\n") is None
