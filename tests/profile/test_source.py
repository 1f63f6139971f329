"""YAML text to a tree of text with positions, and everything that is no profile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.characters.refusals import refusals
from cvforge.diagnostics import Diagnostic, Place
from cvforge.errors import ProfileError
from cvforge.profile.source import (
    Limits,
    SourceList,
    SourceMapping,
    SourceNode,
    SourceText,
    decode,
    read_tree,
)
from cvforge.profile.source_lines import MOST_FINDINGS

FILE = "ada.yaml"


def _findings(text: str, limits: Limits | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(ProfileError) as refusal:
        read_tree(text, file=FILE, limits=limits)
    return refusal.value.diagnostics


@pytest.mark.parametrize(
    "scalar",
    [
        "2021.10",
        "2021-09-01",
        "NO",
        "yes",
        "true",
        "1_000",
        "0x1F",
        "1e3",
        "12:30",
        "null",
        "~",
        ".5",
    ],
)
def test_a_scalar_stays_the_text_that_was_typed(scalar: str) -> None:
    assert read_tree(f"date: {scalar}\n", file=FILE) == {"date": scalar}


def test_a_value_that_is_left_out_is_an_empty_text() -> None:
    assert read_tree("date:\n", file=FILE) == {"date": ""}


def test_values_know_where_they_stand() -> None:
    tree = read_tree("person:\n  name: Ada Quill  # known\n  tags: [a, 'b c']\n", file=FILE)
    person = tree["person"]
    assert isinstance(person, SourceMapping)
    name, tags = person["name"], person["tags"]
    assert isinstance(name, SourceText)
    assert isinstance(tags, SourceList)
    assert name.place == Place(FILE, 2, 9)
    assert (name.place.length, name.place.text) == (9, "  name: Ada Quill  # known")
    assert tags.place == Place(FILE, 3, 9)
    assert [(tag.place.column, tag.place.length) for tag in tags] == [(10, 1), (13, 5)]
    assert person.place == Place(FILE, 2, 3)
    assert person.key_place("name") == Place(FILE, 2, 3)


def test_a_text_of_several_lines_is_meant_to_the_end_of_its_first() -> None:
    text = read_tree("a: |\n  one\n  two\n", file=FILE)["a"]
    assert text == "one\ntwo\n"
    assert text.place == Place(FILE, 1, 4)
    assert text.place.length == 1


def test_columns_count_characters() -> None:
    tree = read_tree("a: {许靖: '😀', b: x}\n", file=FILE)
    inner = tree["a"]
    assert isinstance(inner, SourceMapping)
    assert inner["b"].place.column == len("a: {许靖: '😀', b: x")


def test_lines_are_counted_as_yaml_does() -> None:
    tree = read_tree("a: 'x\r\n  y'\r\nb: z\rc: w\n", file=FILE)
    assert [tree[key].place.line for key in "abc"] == [1, 3, 4]
    assert tree["c"].place.text == "c: w"


def test_an_alias_is_its_anchor() -> None:
    tree = read_tree("a: &x {b: c}\nd: *x\n", file=FILE)
    assert tree["d"] is tree["a"]


def test_a_text_may_be_said_to_be_a_text() -> None:
    assert read_tree("a: !!str 1\n", file=FILE) == {"a": "1"}


REFUSED = {
    "": ("empty", 1, 1),
    "# nothing yet\n": ("empty", 1, 1),
    "- a\n": ("not-a-mapping", 1, 1),
    "hello\n": ("not-a-mapping", 1, 1),
    "a: b\n---\nc: d\n": ("second-document", 2, 1),
    "a: 1\nb: 2\na: 3\n": ("duplicate-key", 3, 1),
    "a: &x {b: c}\nd:\n  <<: *x\n": ("merge-key", 3, 3),
    "? [a]\n: b\n": ("key", 1, 3),
    "a: *x\n": ("unknown-alias", 1, 4),
    "a: &x [*x]\n": ("unknown-alias", 1, 8),
    "a: !!int 3\n": ("tag", 1, 4),
    "a: !!python/object:os.system x\n": ("tag", 1, 4),
    "person:\n\tname: x\n": ("tab", 2, 1),
    "a: b\n  \tc: d\n": ("tab", 2, 3),
    "a: b\x07c\n": ("control-character", 1, 5),
    "b: c\na: 'x\x0by'\n": ("control-character", 2, 6),
    "a: \ud800\n": ("surrogate", 1, 4),
    "a: b\u2028c: d\n": ("line-separator", 1, 5),
    "a: b\x85c: d\n": ("control-character", 1, 5),
    "a: b\ufeffc\n": ("invisible-character", 1, 5),
    "a: b  # \u202e\n": ("bidi-control", 1, 9),
    "\u200ba: b\n": ("word-part", 1, 1),
    "a: |\n  one\n  tw\u200bo\n": ("word-part", 3, 5),
    'b: c\na: "x\\ay"\n': ("control-character", 2, 4),
    'a: "\\0"\n': ("control-character", 1, 4),
    "a: b: c\n": ("syntax", 1, 5),
    "a: @x\n": ("syntax", 1, 4),
    "a: %x\n": ("syntax", 1, 4),
    "x: y\na: [b\nc: d\n": ("syntax", 2, 4),
    "x: y\na: 'b\nc: d\n": ("syntax", 2, 4),
    "a: b\nc\nd: e\n": ("syntax", 2, 1),
    "a: b\n c: d\n": ("syntax", 2, 3),
    'a: "\\d"\n': ("syntax", 1, 5),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_profile_is_refused_at_its_place(text: str) -> None:
    (finding,) = _findings(text)
    assert finding.place is not None
    assert (finding.code, finding.place.line, finding.place.column) == REFUSED[text]
    assert finding.place.file == FILE


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b: c\n", 'put a text that holds ": " in quotes'),
        ("a: @x\n", "put a text that begins with this character in quotes"),
        ("a: b\nc\nd: e\n", 'is a ":" missing after the key?'),
        ("a: [b\n", "a bracket is opened and never closed"),
        ("a: 'b\n", "a quote or bracket is opened and never closed"),
        ("a:\n  b: c\n d: e\n", "is the indentation the same as in the lines above?"),
        ("a:\n  - b\n  c: d\n", "is the indentation the same as in the lines above?"),
        ('a: "\\d"\n', 'in double quotes "\\" begins an escape; use single quotes'),
        ('a: "$\\alpha$"\n', 'in double quotes "\\" begins an escape; use single quotes'),
        ("\ta: b\n", "replace it with spaces"),
        ("a: 1\na: 2\n", "the first one is in line 1; keep one of them"),
        ("", '"cvforge new" writes a profile to start from'),
    ],
)
def test_a_refusal_says_the_way_out(text: str, hint: str) -> None:
    assert [finding.hint for finding in _findings(text)] == [hint]


def test_several_findings_are_reported_together_in_the_order_of_the_file() -> None:
    findings = _findings("a: 1\na: !!int 2\nb: {c: 1, c: 2}\n")
    assert [(f.code, f.place.line if f.place else 0) for f in findings] == [
        ("duplicate-key", 2),
        ("tag", 2),
        ("duplicate-key", 3),
    ]


def test_the_same_character_is_reported_once_a_line_and_not_without_end() -> None:
    findings = _findings("a: \u200b\u200b\u202e\nb: \u200b\n")
    assert [f.place.line for f in findings if f.place] == [1, 1, 2]
    assert len(_findings("a: \u200b\n" * 1000)) == MOST_FINDINGS


def test_nesting_is_bounded() -> None:
    limits = Limits(depth=3)
    assert read_tree("a: [[b]]\n".replace("[[b]]", "[b]"), file=FILE, limits=limits)
    (finding,) = _findings("a: [[b]]\n", limits)
    assert finding.code == "too-deep"
    assert [f.code for f in _findings("a: " + "[" * 100_000)] == ["too-deep"]


def test_nesting_by_aliases_is_bounded_too() -> None:
    limits = Limits(depth=4)
    text = "a: &a [x]\nb: &b [*a]\n"
    assert read_tree(text, file=FILE, limits=limits)
    (finding,) = _findings(text + "c: &c [*b]\n", limits)
    assert (finding.code, finding.place) == ("too-deep", Place(FILE, 3, 8))


def test_the_number_of_values_is_bounded_with_aliases_written_out() -> None:
    limits = Limits(nodes=9)
    assert read_tree("a: &a [x, x]\nb: *a\n", file=FILE, limits=limits)
    (finding,) = _findings("a: &a [x, x]\nb: *a\nc: x\n", limits)
    assert finding.code == "too-many-values"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [finding.code for finding in _findings("\n".join(lines))] == ["too-many-values"]


def test_bytes_are_utf_8_with_or_without_a_mark() -> None:
    assert decode("name: 许靖".encode(), file=FILE) == "name: 许靖"
    assert decode(b"\xef\xbb\xbfa: b", file=FILE) == "a: b"


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"a: b\nc: \xff\n", "not-utf-8", 2, 4),
        (b"\xef\xbb\xbfa: \xff", "not-utf-8", 1, 4),
        ("a: b".encode("utf-16"), "not-utf-8", 1, 1),
        (b"PK\x03\x04\n\x00", "binary", 2, 1),
    ],
)
def test_bytes_that_are_no_text_are_refused_at_their_place(
    raw: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(ProfileError) as refusal:
        decode(raw, file=FILE)
    (finding,) = refusal.value.diagnostics
    assert (finding.code, finding.place) == (code, Place(FILE, line, column))


def test_the_size_of_a_file_is_bounded() -> None:
    limits = Limits(file_bytes=4)
    assert decode(b"a: b", file=FILE, limits=limits) == "a: b"
    with pytest.raises(ProfileError, match="the file has more than the 4 bytes"):
        decode(b"a: bc", file=FILE, limits=limits)


def _texts(node: SourceNode) -> list[SourceText]:
    if isinstance(node, SourceText):
        return [node]
    children = node if isinstance(node, SourceList) else [*node, *node.values()]
    return [text for child in children for text in _texts(child)]


_YAML_FRAGMENTS = (
    *(
        "a",
        "b",
        "许",
        "😀",
        ": ",
        ":",
        "- ",
        "\n",
        "\n  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
    ),
    *(
        "&x ",
        "*x",
        "!t ",
        "#",
        " ",
        "|",
        ">",
        "%",
        "@",
        "\\",
        "---\n",
        "\u2028",
        "\x85",
        "\r",
        "? ",
    ),
)
_YAML = st.lists(st.sampled_from(_YAML_FRAGMENTS), max_size=20).map("".join)


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(_YAML, st.text(max_size=40)))
def test_any_text_is_a_tree_or_refused_with_places(text: str) -> None:
    try:
        tree = read_tree(text, file=FILE)
    except ProfileError as refusal:
        assert refusal.diagnostics  # noqa: PT017  any text may also be accepted
        places = [finding.place for finding in refusal.diagnostics]
        assert all(place is not None and place.line > 0 and place.column > 0 for place in places)
        return
    for found in _texts(tree):
        assert found.place.column <= len(found.place.text) + 1


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw, file=FILE), str)
    except ProfileError as refusal:
        assert refusal.diagnostics[0].code in {"not-utf-8", "binary"}  # noqa: PT017  the same


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["C"]), max_size=30))
def test_a_quoted_text_comes_back_as_it_was(text: str) -> None:
    quoted = text.replace("'", "''")
    if not [*refusals(f"'{text}'")] and not [*refusals(text)]:
        assert read_tree(f"a: '{quoted}'\n", file=FILE) == {"a": text}
