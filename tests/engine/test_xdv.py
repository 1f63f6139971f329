"""What a page may ask of the PDF driver: nothing that names a file."""

from __future__ import annotations

import pytest

from cvforge.engine.xdv import refused_specials

PREAMBLE = bytes([247, 7]) + bytes(12) + bytes([3]) + b"TeX"
PAGE = bytes([139]) + bytes(44)
END = bytes([140, 248]) + bytes(28) + bytes([249]) + bytes(5)


def special(source: str) -> bytes:
    content = source.encode()
    return bytes([239, len(content)]) + content


def xdv(*commands: bytes) -> bytes:
    return PREAMBLE + PAGE + b"".join(commands) + END


@pytest.mark.parametrize(
    "source",
    [
        "pdf:image (/etc/passwd)",
        "pdf:image matrix 1 0 0 1 0 0 page 0 (x.png)",
        "pdf:epdf (x.pdf)",
        "pdf:fstream @x (/etc/passwd)",
        "pdf:mapfile x.map",
        "pdf:mapline x",
        "pdf:putting @x",
        "  pdf:fstream @x (y)",
        "pdf: fstream @x (y)",
        "PSfile=x.eps",
        "ps: plotfile x",
        'dvipdfmx:config D "touch x"',
        "colour",
        "",
    ],
)
def test_what_may_open_a_file_is_refused(source: str) -> None:
    assert list(refused_specials(xdv(special(source)))) == [source]


@pytest.mark.parametrize(
    "source",
    [
        "pdf:bann << /Type /Annot >>",
        "pdf:eann",
        "pdf:docinfo << /Title <FEFF> >>",
        "pdf:put @catalog << /Lang <FEFF> >>",
        "pdf:out 1 << /Title <FEFF> >>",
        "pdf:pagesize width 1pt height 1pt",
        "pdf:literal direct q",
        "color push rgb 1 0 0",
        "x:gsave",
    ],
)
def test_what_the_core_macros_ask_for_is_let_through(source: str) -> None:
    assert list(refused_specials(xdv(special(source)))) == []


MATRIX = "pdf:image matrix 0.16821 0.0 0.0 -1.5 0.0 0.0"


@pytest.mark.parametrize("source", [f"{MATRIX} page 0 (./a.jpg)", f"{MATRIX} page 0 (a.jpg)"])
def test_the_pictures_of_a_document_are_let_through_by_their_names(source: str) -> None:
    assert list(refused_specials(xdv(special(source)), pictures=["a.jpg"])) == []
    assert list(refused_specials(xdv(special(source)), pictures=["b.jpg"])) == [source]
    assert list(refused_specials(xdv(special(source)))) == [source]


@pytest.mark.parametrize(
    "source",
    [
        f"{MATRIX} page 0 (../a.jpg)",
        f"{MATRIX} page 0 (././a.jpg)",
        f"{MATRIX} page 0 (/a.jpg)",
        f"{MATRIX} page 0 (.\\a.jpg)",
        f"{MATRIX} page 0 (a.jpg) (/etc/passwd)",
        f"{MATRIX} page 0 (a.jpg)(b.jpg)",
        f"{MATRIX} page 0 (a.jpg\0)",
        f"{MATRIX} page 0 (a.jpg",
        f"{MATRIX} page 0 (A.JPG)",
        f"{MATRIX} page 0 ()",
        f"{MATRIX} page 0 (/etc/passwd) (a.jpg)",
        f"{MATRIX} (a.jpg)",
        " " + f"{MATRIX} page 0 (a.jpg)",
        "pdf:image (a.jpg)",
        "pdf:epdf (a.jpg)",
        "PSfile=a.jpg",
    ],
)
def test_a_picture_is_asked_for_in_one_way_alone(source: str) -> None:
    assert list(refused_specials(xdv(special(source)), pictures=["a.jpg"])) == [source]


def test_every_refused_special_is_named_in_order() -> None:
    commands = [special("psfile=a"), special("pdf:eann"), special("psfile=b")]
    assert list(refused_specials(xdv(*commands))) == ["psfile=a", "psfile=b"]


NATIVE_FONT = bytes([252]) + bytes(8)
COMMANDS = {
    "a character": b"a",
    "set": bytes([131]) + bytes(4),
    "a rule": bytes([132]) + bytes(8),
    "a movement": bytes([146]) + bytes(4),
    "w0": bytes([147]),
    "w4": bytes([151]) + bytes(4),
    "z4": bytes([170]) + bytes(4),
    "a font": bytes([171]),
    "a far font": bytes([238]) + bytes(4),
    "a font definition": bytes([243]) + bytes(13) + bytes([1, 2]) + b"abc",
    "a long font definition": bytes([246]) + bytes(16) + bytes([0, 2]) + b"ab",
    "a native font": NATIVE_FONT + bytes([0, 0, 3]) + b"abc" + bytes(4),
    "a slanted native font": NATIVE_FONT + bytes([0x22, 0, 3]) + b"abc" + bytes(4) + bytes(8),
    "glyphs": bytes([253]) + bytes(4) + bytes([0, 2]) + bytes(20),
    "text and glyphs": bytes([254, 0, 1]) + bytes(2) + bytes(4) + bytes([0, 1]) + bytes(10),
    "a long special": bytes([242, 0, 0, 0, 8]) + b"pdf:eann",
    "a reflection": bytes([250, 251]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_other_commands_are_passed_over(name: str) -> None:
    """Whatever a command holds: the special after it is found, and nothing inside it is."""
    refused = refused_specials(xdv(COMMANDS[name], special("psfile=a"), COMMANDS[name]))
    assert list(refused) == ["psfile=a"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PREAMBLE,
        PREAMBLE + PAGE,
        xdv(bytes([255])),
        PREAMBLE + bytes([239, 200]) + b"cut",
        PREAMBLE + bytes([243, 0]),
        PREAMBLE + bytes([254, 0]),
    ],
)
def test_what_is_no_xdv_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\.xdv"):
        list(refused_specials(content))
