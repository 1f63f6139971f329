"""Large problems for the solver, as long CVs make them."""

from __future__ import annotations

import random

from cvforge.fit.problem import Gap, Measure, Node, Problem


def document(*, seed: int, blocks: int, line: int = 142) -> tuple[Problem, Measure]:
    """Return a CV of sections with entries and publications; lengths in tenths of a point."""
    chance = random.Random(seed)  # noqa: S311  # an example, not a secret
    nodes: list[Node] = []
    rows: list[int] = []
    while len(nodes) < blocks:
        section = len(nodes)
        nodes.append(Node(kind="section", parent=None, value=0, needs_child=True))
        rows.append(1)
        is_list = chance.random() < 0.4
        for place in range(chance.randint(3, 12)):
            above = len(nodes)
            worth = round(chance.choice((30, 50, 100, 400, 1600)) * 0.93**place)
            kind = "publication" if is_list else "entry"
            nodes.append(Node(kind=kind, parent=section, value=worth, marked=chance.random() < 0.3))
            rows.append(chance.randint(1, 3))
            for below in range(1 if is_list else chance.randint(3, 5)):
                kind = "abstract" if is_list else "bullet"
                nodes.append(Node(kind=kind, parent=above, value=round(worth * 0.8 * 0.9**below)))
                rows.append(chance.randint(4, 7) if is_list else chance.randint(1, 3))
    heights = tuple(row * line for row in rows)
    surcharges = {index: line for index, node in enumerate(nodes) if node.parent is None}
    measure = Measure(
        heights=heights,
        surcharges=surcharges,
        gaps=lambda above, below: usual_gap(above, below, unit=line // 4),
        head=700,
        head_kind="contacts",
        page=7100,
    )
    return Problem(nodes=tuple(nodes), pages=1), measure


def usual_gap(above: str, below: str, *, unit: int) -> Gap:
    if "section" in {above, below}:
        return Gap(unit * 3 // 2 if above == "section" else unit * 4, above != "section")
    if (above, below) == ("entry", "bullet") or below == "abstract":
        return Gap(unit // 2, may_break=False)
    return Gap({"entry": unit * 2, "bullet": unit // 2, "publication": unit}[below], may_break=True)
