"""What fitting a page costs: `cvforge build` of one page, and of the same page chosen by hand.

Both are whole processes that end with a PDF on disk, run by turns; what is printed are medians,
spreads and their ratio. The page chosen by hand holds what the fit has kept, at its density, and
is set in one pass without measuring anything.
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
    document["variants"] = {"chosen": {"pages": 1, "design": {"density": report["density"]}}}
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
        start = time.perf_counter()
        run(folder, "build", "fitted.yaml", "--variant", "one-page", "-q")
        middle = time.perf_counter()
        command = [sys.executable, __file__, "chosen.yaml"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603  this file
        fitted.append(middle - start)
        plain.append(time.perf_counter() - middle)
    return fitted, plain


def set_chosen(path: Path) -> None:
    """Set the variant "chosen" of a profile as `cvforge build` does, but without a ruler."""
    from cvforge.cli.common import reporting  # noqa: PLC0415  what the command imports
    from cvforge.cli.setting import find_tools  # noqa: PLC0415  the same
    from cvforge.files import write_file  # noqa: PLC0415  the same
    from cvforge.library import read_library  # noqa: PLC0415  the same
    from cvforge.pdf.inspection import page_count  # noqa: PLC0415  the same
    from cvforge.pipeline import Overrides, _Setting  # noqa: PLC0415  its own stages
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same
    from cvforge.templates.base import Layout  # noqa: PLC0415  the same

    with reporting(quiet=True), find_tools("xelatex") as tools:
        loaded = load_profile(path)
        library = read_library(loaded)
        setting = _Setting.of(loaded.profile, "chosen", library, tools, Overrides())
        layout = Layout(setting.cv.design.density, 1, is_filled=True)
        document = setting.template.document(setting.cv, setting.writer, layout)
        made = tools.engine.run(setting.job(document.source))
        if made.pdf is None or page_count(made.pdf) != 1:
            raise AssertionError("the page chosen by hand is not one page")
        write_file(path.with_suffix(".pdf"), made.pdf)


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
    if len(sys.argv) > 1:
        set_chosen(Path(sys.argv[1]))
    else:
        main()
