"""Explains a choice: every block with its height, value and fate, and what the next one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.cv import Keep, Publication
from cvforge.fit.measures import MILLIMETRES
from cvforge.fit.pages import fits
from cvforge.fit.problem import counted_for
from cvforge.fit.room import with_needed
from cvforge.fit.tree import Part, label, short
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.diagnostics import Place
    from cvforge.fit.fitting import Fitting

# A last line of several is a runt when it takes up less of the measure than this.
RUNT_WIDTH = 0.12
_TEXTS = frozenset({"bullet", "paragraph", "labelled", "abstract"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One block; ``height`` is in millimetres, ``page`` counts from 1 and is None when left out.

    ``key`` is that of a publication, or of the one whose abstract it is.
    """

    kind: str
    depth: int
    label: str
    height: float
    value: int
    page: int | None
    reason: str
    place: Place | None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The best block that is left out for want of room: ``needs`` more millimetres than there are.

    ``drop`` names the least valuable block that would make the room, ``shorten`` one that would
    by losing its last line.
    """

    label: str
    needs: float
    drop: str | None
    shorten: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A choice explained; ``fullness`` is that of the last page before anything is stretched."""

    density: str
    pages: int
    fullness: float
    lines: tuple[Line, ...]
    candidate: Candidate | None
    runts: tuple[Line, ...]

    @property
    def kept(self) -> tuple[Line, ...]:
        """The lines of the blocks that are shown."""
        return tuple(line for line in self.lines if line.page is not None)

    @property
    def left_out(self) -> tuple[Line, ...]:
        """The lines of the blocks that are not."""
        return tuple(line for line in self.lines if line.page is None)


def explain(fitting: Fitting) -> Report:
    """Return a choice explained, block by block in the order of the page."""
    pages = {i: n for n, page in enumerate(fitting.solution.pages, 1) for i in page}
    lines = tuple(_line(fitting, index, pages.get(index)) for index in range(len(fitting.parts)))
    return Report(
        density=fitting.ruler.density,
        pages=fitting.wishes.pages,
        fullness=fitting.fullness,
        lines=lines,
        candidate=_candidate(fitting),
        runts=tuple(lines[index] for index in _runts(fitting)),
    )


def summary(report: Report, *, most: int = 3) -> str:
    """Return a choice in one line: counts, density, fullness, and the first that are left out."""
    lost = report.left_out
    line = (
        f"{len(report.kept)} of {len(report.lines)} blocks, {report.density}, "
        f"{report.fullness:.0%} full"
    )
    if lost:
        best = sorted(lost, key=lambda each: -each.value)[:most]
        line += "; left out: " + ", ".join(f'"{short(each.label)}"' for each in best)
        line += f" and {len(lost) - most} more" if len(lost) > most else ""
    return line


def as_lines(title: str, report: Report) -> Iterator[str]:
    """Yield a report for people, a block a line: page, height in mm, value, name, reason."""
    pages = "1 page" if report.pages == 1 else f"{report.pages} pages"
    yield f"{title}: {pages}, {summary(report)}"
    yield " page     mm   value"
    for line in report.lines:
        page = "   -" if line.page is None else f"{line.page:4}"
        name = "  " * line.depth + short(line.label, 58 - 2 * line.depth)
        yield f" {page} {line.height:6.1f} {line.value:7}  {name:58}  {line.reason}"
    if report.candidate is not None:
        yield f"next: {_advice(report.candidate)}"
    for line in report.runts:
        where = "" if line.place is None else f" ({line.place.file}:{line.place.line})"
        yield f'a short last line: "{short(line.label)}"{where}; rewording it saves a line'


def _advice(candidate: Candidate) -> str:
    ways = []
    if candidate.drop is not None:
        ways.append(f'drop "{short(candidate.drop)}"')
    if candidate.shorten is not None:
        ways.append(f'shorten "{short(candidate.shorten)}" by one line')
    how = f": {' or '.join(ways)}" if ways else ""
    return f'"{short(candidate.label)}" needs {candidate.needs:.1f} mm more{how}'


def _line(fitting: Fitting, index: int, page: int | None) -> Line:
    part = fitting.parts[index]
    return Line(
        kind=part.kind,
        depth=_depth(fitting, index),
        label=label(part),
        height=fitting.measure.heights[index] * MILLIMETRES,
        value=fitting.problem.nodes[index].value,
        page=page,
        reason=_why_left_out(fitting, index) if page is None else _why_kept(fitting, part),
        place=part.block.place,
        key=part.block.key if isinstance(part.block, Publication) else None,
    )


def _depth(fitting: Fitting, index: int) -> int:
    parent = fitting.parts[index].parent
    return 0 if parent is None else 1 + _depth(fitting, parent)


def _why_kept(fitting: Fitting, part: Part) -> str:
    if part.rank.keep is Keep.ALWAYS:
        return "kept always"
    return "kept" if fitting.left_out else "everything fits"


def _why_left_out(fitting: Fitting, index: int) -> str:
    part, nodes = fitting.parts[index], fitting.problem.nodes
    if nodes[index].transparent:
        return f"nothing of this {part.kind} is kept"
    parent = _parent(fitting, index)
    if parent is not None and parent not in fitting.solution.kept:
        return f"its {fitting.parts[parent].kind} is left out"
    most = None if parent is None else nodes[parent].most
    if most is not None and _children_kept(fitting, parent) >= most:
        return f"the limit of {most} is reached"
    needs = fitting.needs(index)
    if needs is None:
        return "the limits forbid it" if part.rank.group is None else "a limit forbids its group"
    return f"needs {needs * MILLIMETRES:.1f} mm more" + (
        " with its group" if part.rank.group else ""
    )


def _parent(fitting: Fitting, index: int) -> int | None:
    """Return the block that a block is a part of, past the headings between."""
    return max(counted_for(fitting.problem.nodes, index), default=None, key=lambda above: -above)


def _children_kept(fitting: Fitting, parent: int | None) -> int:
    return sum(1 for index in fitting.solution.kept if _parent(fitting, index) == parent)


def _candidate(fitting: Fitting) -> Candidate | None:
    possible = {
        index: needs
        for index in fitting.left_out
        if _parent(fitting, index) in {None, *fitting.solution.kept}
        and not fitting.problem.nodes[index].transparent
        if (needs := fitting.needs(index)) is not None
    }
    if not possible:
        return None
    nodes = fitting.problem.nodes
    best = max(possible, key=lambda index: (nodes[index].value, -index))
    return Candidate(
        label=label(fitting.parts[best]),
        needs=possible[best] * MILLIMETRES,
        drop=_to_drop(fitting, best),
        shorten=next(
            (
                label(fitting.parts[index])
                for index in _runts(fitting)
                if _line_height(fitting, index) >= possible[best]
            ),
            None,
        ),
    )


def _to_drop(fitting: Fitting, candidate: int) -> str | None:
    """Return the least valuable block whose going makes room; blocks with children stay."""
    kept, problem, measure = fitting.solution.kept, fitting.problem, fitting.measure
    more = with_needed(problem, measure, kept, {candidate})
    parents = {fitting.parts[index].parent for index in more}
    leaves = sorted(kept - parents, key=lambda index: (problem.nodes[index].value, -index))
    for index in leaves:
        if fits(problem, measure, more - {index}):
            return label(fitting.parts[index])
    return None


def _runts(fitting: Fitting) -> Iterator[int]:
    """Yield the kept texts whose last line holds little more than a word."""
    for index in sorted(fitting.solution.kept):
        block = fitting.ruler.blocks[fitting.numbers[index]]
        is_text = fitting.parts[index].kind in _TEXTS
        if is_text and block.lines > 1 and block.last_line < RUNT_WIDTH * fitting.ruler.text_width:
            yield index


def _line_height(fitting: Fitting, index: int) -> int:
    block = fitting.ruler.blocks[fitting.numbers[index]]
    return block.height // max(block.lines, 1)
