"""What fitting a page costs: `cvforge build` with it, and of the same content without.

Both are whole processes, run by turns; what is printed are medians, spreads and their ratio.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

RUNS = 15
PROFILES = Path(__file__).parents[1] / "profiles"
PARTS = ("sections", "paragraphs", "bullets", "entries", "roles")


def main() -> None:
    """Print a line a profile."""
    for profile in ("jing-xu", "jin-xu"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copy(PROFILES / f"{profile}.bib", folder)
            shutil.copy(PROFILES / f"{profile}.yaml", folder / "fitted.yaml")
            report = fit(folder)
            write_chosen(folder, report)
            fitted, plain = timed(folder)
        ratio = statistics.median(fitted) / statistics.median(plain)
        print(  # noqa: T201  this is the benchmark's output
            f"{profile}: fitted {shown(fitted)}, the same content without {shown(plain)}, "
            f"ratio {ratio:.2f}"
        )


def fit(folder: Path) -> dict[str, Any]:
    """Return how the one-page variant is fitted, and fill the caches on the way."""
    done = run(folder, "fit", "fitted.yaml", "--json")
    report: dict[str, Any] = json.loads(done)["fits"][0]
    return report


def write_chosen(folder: Path, report: dict[str, Any]) -> None:
    """Write a profile of what was kept alone, set at the same density without fitting."""
    text = (folder / "fitted.yaml").read_text(encoding="utf-8")
    tree = yaml.compose(text, Loader=yaml.CSafeLoader)
    lost = {
        line["place"]["line"]
        for line in report["lines"]
        if line["page"] is None and line["place"] and line["place"]["file"].endswith(".yaml")
    }
    keys = {line["key"] for line in report["lines"] if line["page"] is None and line["key"]}
    document = pruned(tree, lost, keys)
    document["variants"] = {"plain": {"design": {"density": report["density"]}}}
    (folder / "chosen.yaml").write_text(yaml.safe_dump(document, allow_unicode=True))


def pruned(node: yaml.Node, lost: set[int], keys: set[str]) -> Any:
    """Return what a node holds, without the parts that begin in a line of ``lost``."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: pruned(value, lost, keys) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        kept = (item for item in node.value if item.start_mark.line + 1 not in lost)
        made = [pruned(item, lost, keys) for item in kept]
        return [item for item in made if not (isinstance(item, dict) and item.get("key") in keys)]
    return node.value


def timed(folder: Path) -> tuple[list[float], list[float]]:
    """Return the seconds of each run, by turns, so that both meet the same noise."""
    fitted, plain = [], []
    for _ in range(RUNS):
        for seconds, profile, variant in (
            (fitted, "fitted.yaml", "one-page"),
            (plain, "chosen.yaml", "plain"),
        ):
            start = time.perf_counter()
            run(folder, "build", profile, "--variant", variant, "-q")
            seconds.append(time.perf_counter() - start)
    return fitted, plain


def run(folder: Path, *arguments: str) -> str:
    """Run cvforge in ``folder`` and return what it prints."""
    command = [str(Path(sys.executable).with_name("cvforge")), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603  our own program
    return done.stdout


def shown(seconds: list[float]) -> str:
    """Return the median with the smallest and the largest, in milliseconds."""
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    return f"{middle * 1000:.0f} ms ({low * 1000:.0f} to {high * 1000:.0f})"


if __name__ == "__main__":
    main()
