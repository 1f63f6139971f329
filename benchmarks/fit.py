"""What fitting a page costs: one page fitted, and the same page chosen by hand."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.bench import CVFORGE, ROOT, Bench, NotMeasuredError, by_turns, run, timed
from benchmarks.page import Findings, Row, Topic
from benchmarks.samples import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.samples import Samples

ROUNDS = 10
PROFILES = ("jing-xu", "jin-xu")
FITTED, CHOSEN = "fitted", "chosen by hand"


def measure(bench: Bench) -> Findings:
    """Measure both by turns, for each profile."""
    rows = []
    for profile in PROFILES:
        times = _times(bench, profile)
        rows += [Row(f"{profile}, {name}", each, Unit.MILLISECONDS) for name, each in times.items()]
        ratio = times[FITTED].over(times[CHOSEN])
        rows.append(Row(f"{profile}, {FITTED} against {CHOSEN}", ratio, Unit.TIMES))
    return Findings(rows)


def _times(bench: Bench, profile: str) -> dict[str, Samples]:
    folder = bench.place(f"fit/{profile}")
    shutil.copy(ROOT / "profiles" / f"{profile}.bib", folder)
    shutil.copy(ROOT / "profiles" / f"{profile}.yaml", folder / "fitted.yaml")
    command = [CVFORGE, "fit", "fitted.yaml", "--variant", "one-page", "--json"]
    report = json.loads(run(command, folder=folder, home=bench.home))["fits"][0]
    write_chosen(folder, report)
    actions = {
        FITTED: _building(bench, folder, "fitted.yaml", "one-page"),
        CHOSEN: _building(bench, folder, "chosen.yaml", "chosen"),
    }
    return by_turns(bench.rounds(ROUNDS), actions)


def _building(bench: Bench, folder: Path, name: str, variant: str) -> Callable[[int], float]:
    """Return what builds a variant, each time with something changed, and looks at its pages."""

    def build(number: int) -> float:
        change = f"person.location=City {number:03}"
        command = [CVFORGE, "build", name, "--variant", variant, "--set", change]
        return timed(command, folder=folder, home=bench.home)

    build(999)
    command = [CVFORGE, "build", name, "--variant", variant, "--json"]
    made = json.loads(run(command, folder=folder, home=bench.home))["built"][0]
    if made["pages"] != 1:
        raise NotMeasuredError(f"what was {variant} is not one page")
    return build


def write_chosen(folder: Path, report: dict[str, Any]) -> None:
    """Write a profile of what was kept alone, set at the same density without fitting."""
    text = (folder / "fitted.yaml").read_text(encoding="utf-8")
    tree = yaml.compose(text, Loader=yaml.CSafeLoader)
    if tree is None:
        raise AssertionError("a profile that was fitted is not empty")
    lost = {
        line["place"]["line"]
        for line in report["lines"]
        if line["page"] is None and line["place"] and line["place"]["file"].endswith(".yaml")
    }
    keys = {line["key"] for line in report["lines"] if line["page"] is None and line["key"]}
    document = pruned(tree, lost, keys)
    document["variants"] = {"chosen": {"design": {"density": report["density"]}}}
    (folder / "chosen.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")


def pruned(node: yaml.Node, lost: set[int], keys: set[str]) -> Any:
    """Return what a node holds, without the parts that begin in a line of ``lost``."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: pruned(value, lost, keys) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        kept = (item for item in node.value if item.start_mark.line + 1 not in lost)
        made = [pruned(item, lost, keys) for item in kept]
        return [item for item in made if not (isinstance(item, dict) and item.get("key") in keys)]
    return node.value


TOPIC = Topic(
    "Fitting",
    "`cvforge build` of the page that the solver has chosen, and of a profile that holds just what"
    " was kept, at the same density and without a number of pages, so that nothing is measured nor"
    " chosen. One contact changes before every run, by `--set`.",
    measure,
)
