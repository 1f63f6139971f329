"""What kpathsea tells of opened files: its own and TeX's are no surprise."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvforge.engine.trace import Trace

TRACE = Trace(("/usr", "/etc/texmf"))
FOLDER = Path("/jobs/cv")


def opened(*paths: str) -> str:
    return "".join(f"kdebug:fopen({path}, rb) => 0x56076b61ba80\n" for path in paths)


@pytest.mark.parametrize(
    "path",
    [
        "cv.tex",
        "./cv.aux",
        "/jobs/cv/cv.log",
        "/usr/share/texmf/a.sty",
        "/etc/texmf/web2c/texmf.cnf",
    ],
)
def test_a_file_of_the_folder_or_of_a_tree_is_no_surprise(path: str) -> None:
    assert TRACE.strange(opened("cv.tex", path), FOLDER) is None


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/etc/texmfx",
        "/jobs/cv2/x",
        "../secret",
        "/usr/../etc/passwd",
        "/etc/passwd, rb) => 0x1 /usr/x",
        "/home/ada/a, b",
    ],
)
def test_any_other_is_named(path: str) -> None:
    found = TRACE.strange(opened("cv.tex", path, "/usr/x"), FOLDER)
    assert found is not None
    assert found.startswith(path.split(",", maxsplit=1)[0])


def test_what_is_told_otherwise_than_expected_is_strange() -> None:
    assert TRACE.strange("kdebug:fopen(/etc/shadow", FOLDER) == "/etc/shadow"


@pytest.mark.parametrize(("before", "after"), [({}, "4"), ({"KPATHSEA_DEBUG": "32"}, "36")])
def test_it_asks_kpathsea_besides_what_was_asked(before: dict[str, str], after: str) -> None:
    assert TRACE.told({"A": "b", **before}) == {"A": "b", "KPATHSEA_DEBUG": after}
