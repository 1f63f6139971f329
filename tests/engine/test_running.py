"""The pages of many documents in one file: each document gets its own, whole."""

from __future__ import annotations

import pytest

from cvforge.engine.running import FILLER, Running

PREAMBLE = bytes([247, 7]) + bytes(range(1, 13)) + bytes([3]) + b"TeX"
COUNTERS = bytes(40)
NOBODY = b"\xff\xff\xff\xff"


def font(number: int) -> bytes:
    """Return the definition of a native font without a name."""
    return bytes([252]) + number.to_bytes(4, "big") + bytes(4 + 2 + 1 + 4)


def page(*commands: bytes, before: bytes = NOBODY) -> bytes:
    return bytes([139]) + COUNTERS + before + b"".join(commands) + bytes([140])


def special(content: bytes) -> bytes:
    return bytes([242]) + len(content).to_bytes(4, "big") + content


def select(number: int) -> bytes:
    return bytes([171 + number])


PUSHED = page(special(FILLER + b"x" * 100))


def fonts_of(document: bytes) -> list[int]:
    """Return the fonts that are defined after the last page."""
    after = int.from_bytes(document.rstrip(b"\xdf")[-5:-1], "big")
    assert document[after] == 248
    defined, found = document[after + 29 :], []
    while defined[0] == 252:
        found.append(int.from_bytes(defined[1:5], "big"))
        defined = defined[len(font(0)) :]
    assert defined[0] == 249
    return found


def test_a_document_has_its_pages_linked_backwards() -> None:
    first, second = page(font(3), select(3), b"a"), page(select(3), b"b", before=b"abcd")
    document = Running().document(PREAMBLE + first + second + PUSHED)
    begin = len(PREAMBLE)
    linked = page(select(3), b"b", before=begin.to_bytes(4, "big"))
    assert document.startswith(PREAMBLE + first + linked + bytes([248]))
    last = begin + len(first)
    after = last + len(linked)
    assert document[after + 1 : after + 5] == last.to_bytes(4, "big")
    assert document[after + 5 : after + 17] == PREAMBLE[2:14]
    assert document[after + 27 : after + 29] == (2).to_bytes(2, "big")
    assert len(document) % 4 == 0
    assert document.endswith(b"\xdf" * 4)


def test_each_document_has_the_fonts_that_it_uses_and_no_others() -> None:
    running = Running()
    written = PREAMBLE + page(font(3), font(5), select(3), select(5)) + PUSHED
    assert fonts_of(running.document(written)) == [5, 3]
    start = running.position
    written += page(font(9), select(9)) + page(select(3)) + PUSHED
    assert fonts_of(running.document(written[start:])) == [9, 3]
    start = running.position
    written += page(select(5), bytes([235, 9])) + PUSHED
    document = running.document(written[start:])
    assert fonts_of(document) == [9, 5]
    assert document.startswith(PREAMBLE + page(select(5), bytes([235, 9])))


def test_what_has_not_come_yet_of_the_page_that_pushes_does_not_matter() -> None:
    whole = PREAMBLE + page(b"a") + PUSHED
    running = Running()
    assert running.document(whole[:-90]) == Running().document(whole)
    assert running.position == len(PREAMBLE) + len(page(b"a"))


@pytest.mark.parametrize(
    "written",
    [
        b"",
        PREAMBLE,
        PREAMBLE + page(b"a"),
        PREAMBLE + PUSHED,
        PREAMBLE + page(select(1)) + PUSHED,
        PREAMBLE + bytes([140]) + PUSHED,
        PREAMBLE + select(1) + page(b"a") + PUSHED,
        PREAMBLE + special(FILLER) + page(b"a") + PUSHED,
        b"\xfe" * 60,
        bytes([255]),
    ],
)
def test_what_is_no_document_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match=r"the \.xdv"):
        Running().document(written)


def test_more_pages_than_can_be_counted_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot have"):
        Running().document(PREAMBLE + page() * (1 << 16) + PUSHED)
