"""Profiles and texts that nobody would write: never a traceback, never a hang, nothing lost."""

from __future__ import annotations

import json
import time
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from corpus import as_code, corpus, escaped
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trial import SHORT, as_it_is, as_link, changed, findings, made_of, written

from cvforge.characters.normal import normalised
from cvforge.characters.rules import Fate, rule_of
from cvforge.engine.coverage import FontCoverage
from cvforge.errors import CvforgeError, OutputError, ProfileError
from cvforge.latex.fonts import FaceSet, declared_faces
from cvforge.profile.load import load_profile
from cvforge.profile.overlay import with_settings
from cvforge.profile.source import read_tree
from cvforge.profile.text import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cvforge.diagnostics import Diagnostic
    from cvforge.engine.texlive import TexLive
    from cvforge.templates.registry import TemplateFiles

ROOT = Path(__file__).parents[1]
SEEDS = [
    path.read_bytes()
    for folder in ("profiles", "examples")
    for path in sorted((ROOT / folder).glob("*.yaml"))
    if b"sections:" in path.read_bytes()
]
TREES: list[dict[str, Any]] = [yaml.load(seed, yaml.BaseLoader) for seed in SEEDS]  # noqa: S506  texts
MOST_SECONDS = 5
# Each search may be slow where the machine is busy; the folder of a test may be used again.
SEARCH = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NASTY = st.sampled_from([nasty.text for nasty in corpus() if len(nasty.text) <= SHORT])
ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=80)
PIECES = st.one_of(
    NASTY.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=20),
    st.sampled_from(
        [b"\n", b": ", b"- ", b"  ", b"#", b" # ", b"&a ", b"*a", b"'", b'"', b"{", b"]"]
    ),
)


def holds(load: Callable[[], object]) -> None:
    """Load something: in time, or refused with findings that say where and what."""
    started = time.process_time()
    status = 0
    found: Sequence[Diagnostic] = ()
    try:
        load()
    except CvforgeError as refused:
        status, found = refused.exit_status, refused.diagnostics
    assert status in {0, ProfileError.exit_status, OutputError.exit_status}
    assert bool(found) == bool(status)
    assert len(found) < 10_000
    assert all(finding.message and finding.code for finding in found)
    assert time.process_time() - started < MOST_SECONDS


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw the bytes of a profile after a few accidents."""
    made = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(made) - 1)))
        to = at + draw(st.integers(0, 60))
        match draw(st.sampled_from(["flip", "cut", "end", "double", "insert", "replace"])):
            case "flip" if made:
                made[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del made[at:to]
            case "end":
                del made[at:]
            case "double":
                made[at:at] = made[at:to] * draw(st.integers(1, 50))
            case "replace":
                made[at:to] = draw(PIECES)
            case _:
                made[at:at] = draw(PIECES)
    return bytes(made)


@settings(SEARCH, max_examples=120)
@given(mutated())
def test_mutated_bytes_of_a_profile_are_loaded_or_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "ada.yaml"
    path.write_bytes(raw)
    holds(lambda: load_profile(path))


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(ANYTHING, NASTY, st.integers().map(str), st.just("")),
    lambda below: st.one_of(
        st.lists(below, max_size=4),
        st.dictionaries(
            st.one_of(ANYTHING, st.sampled_from(["en", "text", "id"])), below, max_size=4
        ),
    ),
    max_leaves=6,
)


@st.composite
def distorted(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a whole profile in which a few values are anything at all."""
    tree: dict[str, Any] = deepcopy(draw(st.sampled_from(TREES)))
    for _ in range(draw(st.integers(1, 5))):
        distort(tree, draw)
    return tree


def distort(node: Any, draw: st.DrawFn) -> None:
    """Replace a value somewhere below ``node``, which is a list or a mapping with values."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    key = draw(st.sampled_from(keys))
    below = node[key]
    if isinstance(below, dict | list) and below and draw(st.integers(0, 5)) > 0:
        distort(below, draw)
    else:
        node[key] = draw(VALUES)


@settings(SEARCH, max_examples=80)
@given(distorted())
def test_a_whole_profile_with_values_of_any_kind_is_loaded_or_refused(
    tmp_path: Path, tree: dict[str, Any]
) -> None:
    path = tmp_path / "ada.yaml"
    path.write_bytes(json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    holds(lambda: load_profile(path))


@settings(SEARCH, max_examples=150)
@given(st.one_of(ANYTHING, NASTY), st.one_of(ANYTHING, NASTY))
def test_any_setting_is_taken_or_refused(path: str, value: str) -> None:
    tree = read_tree("person: {name: Ada}\nsections: [a]\n", file="ada.yaml")
    holds(lambda: with_settings(tree, [f"{path}={value}", f"person.{path}={value}", value]))


@settings(SEARCH, max_examples=300)
@given(st.one_of(ANYTHING, NASTY))
def test_any_text_is_kept_whole_or_refused_by_the_name_of_a_character(text: str) -> None:
    found = findings(text)
    refused = {character for character in text if rule_of(character).fate is Fate.REFUSED}
    if found:
        names = {f"U+{ord(character):04X}" for character in text}
        assert all(f.message.split()[0] in names or f.code in {"escape", "syntax"} for f in found)
    else:
        assert refused == set()
        (made, *_) = [each.markdown for each in written([text], as_it_is)] or [text]
        assert made == text
        assert len(normalised(text)) <= len(text) * 3 <= MAX_CHARACTERS * 3


@pytest.fixture(scope="module")
def printable(tex: TexLive, classic: TemplateFiles) -> list[str]:
    """All characters that the faces of the template have, and the marks among them."""
    faces = FaceSet(declared_faces(classic.class_source), coverage=FontCoverage(tex))
    kept = {Fate.KEPT, Fate.PLACED, Fate.REWRITTEN}
    characters = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    return [c for c in characters if rule_of(c).fate in kept and not [*faces.missing(c)]]


@settings(SEARCH, max_examples=3, phases=[Phase.generate])  # to shrink takes minutes
@given(data=st.data())
def test_texts_of_any_characters_that_print_are_read_as_they_were_typed_or_refused(
    data: st.DataObject, printable: list[str], tex: TexLive, tmp_path: Path
) -> None:
    """One engine run tries dozens of texts; what the fonts confuse is refused by the build."""
    texts = st.text(st.sampled_from(printable), min_size=2, max_size=30)
    drawn = data.draw(st.lists(texts, min_size=40, max_size=60, unique=True))
    made = made_of(written(drawn, escaped, as_code, as_link), tex, tmp_path)
    assert changed(made) == []
    assert len(made.strings) > len(made.refused)
