"""A CV made of many strings at once: which are refused, and whether machines read the others."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus import escaped, quoted

from cvforge.bibliography.references import References
from cvforge.characters.normal import normalised
from cvforge.check.expected import expect
from cvforge.check.extracted import joined, normal
from cvforge.check.matching import ends, is_whole
from cvforge.check.unordered import is_odd, letters
from cvforge.cv import Bullet
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import ProfileError, TextLostError
from cvforge.outcome import BuildResult
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.profile.source import read_tree
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from cvforge.check.expected import Leaf
    from cvforge.diagnostics import Diagnostic
    from cvforge.engine.texlive import TexLive

NAME = r"Ada \Quill} {% $x^2 & #1 ~_^^M ''"
HEAD = f"person:\n  name: {quoted(escaped(NAME))}\nsections:"
A_SECTION = 40  # strings, before one that makes a heading is a heading as well
MAKES_A_HEADING = re.compile(r"(?=(.*\w){8}).{0,80}")
SHORT = 200  # characters; longer strings are tried in one way alone
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e]")  # poppler writes them itself
MOST_ROUNDS = 20
LONG_S = "\u017f"


def findings(text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in a profile that says this alone."""
    try:
        read_tree(f"text: {quoted(text)}\n", file="ada.yaml")
    except ProfileError as refused:
        return refused.diagnostics
    return ()


def as_link(text: str) -> str:
    return f"**[{escaped(text)}](https://example.org/{quote(text, safe='', errors='replace')})**"


def as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Written:
    """A string as it stands in a profile, and what is to be read on the page."""

    text: str
    way: Callable[[str], str]

    @property
    def markdown(self) -> str:
        return self.way(self.text)


def written(texts: Iterable[str], *ways: Callable[[str], str], most: int = SHORT) -> list[Written]:
    """Return the strings in all ways, but those that YAML or the characters forbid."""
    short = [text for text in texts if len(text) <= most and text.strip()]
    made = [Written(text, way) for way in ways for text in short]
    return [each for each in made if not findings(each.markdown)]


def profile_of(strings: Iterable[Written]) -> list[tuple[str, Written | None]]:
    """Return the lines of a profile, and the string in each: a bullet, now and then a heading."""
    lines: list[tuple[str, Written | None]] = [(line, None) for line in HEAD.splitlines()]
    lines += _section("first", "First", None)
    since = 0
    for each in strings:
        since += 1
        if since > A_SECTION and MAKES_A_HEADING.fullmatch(each.text):
            since = 0
            lines += _section(f"s{len(lines)}", each.markdown, each)
        lines.append((f"      - {quoted(each.markdown)}", each))
    return lines


def _section(name: str, title: str, each: Written | None) -> list[tuple[str, Written | None]]:
    return [
        (f"  - id: {name}", None),
        (f"    title: {quoted(title)}", each),
        ("    kind: bullets", None),
        ("    bullets:", None),
    ]


@dataclass(frozen=True)
class Made:
    """What was built of strings, and the codes of what was found in those left out."""

    result: BuildResult
    strings: list[Written]
    refused: dict[Written, set[str]]


def made_of(strings: list[Written], tex: TexLive, folder: Path) -> Made:
    """Build a CV of all strings that are not refused, by the loader or by the build."""
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    refused: dict[Written, set[str]] = {}
    for _ in range(MOST_ROUNDS):
        left = [each for each in strings if each not in refused]
        lines = profile_of(left)
        found = attempt("\n".join(line for line, _ in lines), tools, folder / "ada.yaml")
        if isinstance(found, BuildResult):
            return Made(found, left, refused)
        for finding in found:
            for each in meant(finding, lines):
                refused.setdefault(each, set()).add(finding.code)
        assert len(refused) > len(strings) - len(left), str(found)[:1000]
    last = [ascii(each.markdown)[:60] for each in list(refused)[-3:]]
    raise AssertionError(f"refused again and again, in the end {last}")


def attempt(text: str, tools: Tools, path: Path) -> BuildResult | Sequence[Diagnostic]:
    path.write_text(text, "utf-8")
    try:
        profile = load_profile(path).profile
        return build(profile, "full", works=Works(References({})), tools=tools)
    except (ProfileError, TextLostError) as error:
        return error.diagnostics


def meant(finding: Diagnostic, lines: list[tuple[str, Written | None]]) -> Iterator[Written]:
    """Yield the strings that a finding may be about: what is invented stands beside one."""
    if finding.place is not None:
        at = finding.place.line - 1
        beside = 1 if finding.code == "text-invented" else 0
        yield from (each for _, each in lines[at - beside : at + beside + 1] if each is not None)


def unread(made: Made, folder: Path) -> list[str]:
    """Return where a third reader, poppler, no longer follows the texts of a CV, or nothing.

    Of texts that it does not extract in their order it has to give the letters. It writes out a
    ligature with the long s that belongs to it.
    """
    path = folder / "ada.pdf"
    path.write_bytes(made.result.pdf)
    out = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    text = _DIRECTIONS.sub("", out.stdout.decode("utf-8")).replace(LONG_S, "s")
    pages = text.split("\f")[:-1]
    expected = expect(made.result.cv)
    source = joined(pages, name=expected.name, foot=expected.foot)
    leaves = [_with_short_s(leaf.without_ligatures()) for leaf in expected.leaves]
    if any(is_odd(leaf.plain) for leaf in leaves):
        differing = letters(source.text) - letters("".join(leaf.plain for leaf in leaves))
        differing += letters("".join(leaf.plain for leaf in leaves)) - letters(source.text)
        return [ascii(letter) for letter in differing]
    end = [0, *ends(leaves, source)]
    if is_whole(leaves, source, end[1:]):
        return []
    return [ascii(leaves[len(end) - 1].plain), ascii(source.text[end[-1] :][:90])]


def _with_short_s(leaf: Leaf) -> Leaf:
    parts = (p.replace(LONG_S, "s") if isinstance(p, str) else p for p in leaf.parts)
    return replace(leaf, parts=tuple(parts))


def changed(made: Made) -> list[str]:
    """Return the strings, written so that they mean themselves, that are not in the CV as such."""
    items = [item for section in made.result.cv.sections for item in section.items]
    bullets = [item.text.plain for item in items if isinstance(item, Bullet)]
    pairs = zip(made.strings, bullets, strict=True)
    return [
        ascii(each.text)[:90]
        for each, text in pairs
        if each.way is not as_it_is and normal(text) != normal(normalised(each.text))
    ]
