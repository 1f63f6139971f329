r"""What a template's LaTeX declares, held against what documents call; nothing of TeX is run.

Only a person's own version is read for that: cvforge's own is by its tests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, Place
from cvforge.frozen import dataclass
from cvforge.latex.fonts import CODE_FACE, TEXT_FACE
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.latex.fonts import Face

# What a class says with the core's words, or a macro uses inside; never in a document.
OF_TEX_ALONE = frozenset(
    {
        "CvDeclareFace",
        "CvDeclareGap",
        "CvDeclareOption",
        "CvDeclarePackages",
        "CvDump",
        "CvStandBy",
        "CvListen",
        "CvOptions",
        "CvSample",
        "CvWait",
        "CvMargins",
        "CvPaper",
        "CvBookmark",
        "CvEmbolden",
        "CvPunctuate",
        "CvTotalPages",
        "CvInitially",
        "CvNext",
        "CvOnce",
        "CvServe",
    }
)
_DECLARED = pattern(
    r"\\(?:(?P<new>newcommand|DeclareRobustCommand)|renewcommand|providecommand)\*?\s*"
    r"(?:\{\\(?P<braced>Cv[A-Za-z]+)\}|\\(?P<name>Cv[A-Za-z]+))\s*(?:\[(?P<arity>\d)\])?"
    r"|\\(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand\s*"
    r"\{?\\(?P<document>Cv[A-Za-z]+)\}?\s*\{(?P<letters>[^{}\n]*)\}"
    r"|\\[gex]?def\s*\\(?P<plain>Cv[A-Za-z]+)(?P<parameters>[^{\n]*)"
    r"|\\let\s*\\(?P<let>Cv[A-Za-z]+)"
)
_COMMENT = pattern(r"(?<!\\)%.*")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A macro where it is declared; ``arity`` of None is not written there.

    ``is_new`` says that LaTeX declares it there and refuses to do so twice.
    """

    name: str
    arity: int | None
    place: Place
    is_new: bool


def declared(sources: Mapping[str, str]) -> list[Declaration]:
    """Return the macros that LaTeX sources declare, which are given by the paths of their files."""
    return [each for path, source in sources.items() for each in _of_source(path, source)]


def lacking(own: Mapping[str, str], shipped: Mapping[str, str], *, file: str) -> list[Diagnostic]:
    """Return what a version of a template must declare, and does not.

    Of what the shipped one declares that is all that documents call. ``file`` is the class. With
    as many arguments as in the shipped one a macro may be declared anew, also for a while.
    """
    pattern = [each for each in declared(shipped) if each.name not in OF_TEX_ALONE]
    wanted = {each.name: each.arity for each in pattern if each.is_new}
    known = {(each.name, each.arity) for each in pattern}
    has = declared(own)
    missing = sorted(wanted.keys() - {each.name for each in has})
    others = [
        each
        for each in has
        if each.name in wanted and each.arity is not None and (each.name, each.arity) not in known
    ]
    return [
        *(_missing(name, wanted[name], file) for name in missing),
        *(_other_arity(each, wanted[each.name]) for each in others),
    ]


def missing_faces(faces: tuple[Face, ...], *, file: str) -> list[Diagnostic]:
    """Return which faces a class must declare, and does not in a way that cvforge understands."""
    names = {face.name for face in faces}
    return [
        Diagnostic(
            "broken-template",
            f'"{file}" declares no face "{name}"',
            hint="it begins a line, and names four files of fonts, without folders: "
            rf"\CvDeclareFace{{{name}}}{{}}{{LinLibertine_R.otf}}…",
        )
        for name in (TEXT_FACE, CODE_FACE)
        if name not in names
    ]


def _of_source(path: str, source: str) -> Iterator[Declaration]:
    lines = source.split("\n")
    code = "\n".join(_COMMENT.sub("", line) for line in lines)
    starts = [0, *(match.end() for match in re.finditer("\n", code))]
    for match in _DECLARED.finditer(code):
        which = next(n for n in ("braced", "name", "document", "plain", "let") if match[n])
        at = match.start(which)
        number = bisect_right(starts, at)
        column = at - starts[number - 1]  # of the backslash, from 1
        place = Place(path, number, column, len(match[which]) + 1, lines[number - 1])
        yield Declaration(match[which], _arity(match), place, match["new"] is not None)


def _arity(match: re.Match[str]) -> int | None:
    if match["document"]:
        letters = match["letters"].replace(" ", "")
        return len(letters) if not letters.strip("mv") else None
    if match["plain"]:
        return len(re.findall(r"#+\d", match["parameters"]))  # "##1" inside another definition
    if match["let"]:
        return None
    return int(match["arity"] or 0)


def _missing(name: str, arity: int | None, file: str) -> Diagnostic:
    return Diagnostic(
        "broken-template",
        rf'"{file}" does not declare \{name}, which documents call with {_arguments(arity)}',
        hint="take it over from the class that came with cvforge",
    )


def _other_arity(found: Declaration, wanted: int | None) -> Diagnostic:
    return Diagnostic(
        "broken-template",
        rf"\{found.name} is declared with {_arguments(found.arity)}"
        f" and called with {_arguments(wanted)}",
        found.place,
        "documents give it as many as it has in the class that came with cvforge",
    )


def _arguments(arity: int | None) -> str:
    return "1 argument" if arity == 1 else f"{arity or 'no'} arguments"
