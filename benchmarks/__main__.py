"""Measures everything and writes the page: ``python -m benchmarks [--quick] [--output FILE]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path

from benchmarks import (
    batch,
    cold,
    content,
    fit,
    machine,
    memory,
    peers,
    references,
    rendercv,
    single,
    solve,
    watch,
)
from benchmarks.bench import CVFORGE, ROOT, Bench, Home, NotMeasuredError, run
from benchmarks.page import Chapter, Topic, page

TOPICS = (
    single.TOPIC,
    watch.TOPIC,
    batch.TOPIC,
    cold.TOPIC,
    memory.TOPIC,
    fit.TOPIC,
    solve.TOPIC,
    references.TOPIC,
)
NOT_PRELOADED = 8  # the exit status when a format cannot be made: builds are slower then
CACHE = ROOT / "build" / "benchmarks"  # "make clean" removes it


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two runs of everything")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument("topics", nargs="*", help="words of the topics to measure; all without")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cvforge-bench-", ignore_cleanup_errors=True) as name:
        bench = prepared(Path(name), is_quick=options.quick)
        facts = machine.facts(bench)
        wanted = [topic for topic in TOPICS if is_wanted(topic, options.topics)]
        chapters = [measured(topic, bench) for topic in wanted]
        options.output.write_text(page(chapters, facts), encoding="utf-8")


def is_wanted(topic: Topic, words: list[str]) -> bool:
    """Say whether a topic is one of those asked for."""
    return not words or any(word.lower() in topic.title.lower() for word in words)


def prepared(folder: Path, *, is_quick: bool) -> Bench:
    """Return a bench with warm caches and, where they can be had, the peers."""
    home = Home(folder / "home")
    home.clear()
    bench = Bench(folder, home, is_quick=is_quick)
    say("warming caches")
    run([CVFORGE, "cache", "warm"], folder=folder, home=home, accepted=(0, NOT_PRELOADED))
    say("preparing the peers")
    CACHE.mkdir(parents=True, exist_ok=True)
    path = rendercv.write(content.content(0), bench.place("first"), "first")
    try:
        return replace(bench, peers=peers.installed(CACHE).tried(path))
    except NotMeasuredError as error:
        traceback.print_exc()
        return replace(bench, peers_failure=str(error))


def measured(topic: Topic, bench: Bench) -> Chapter:
    """Return what came of a topic; the others are measured when it fails."""
    say(topic.title)
    try:
        return Chapter(topic, topic.measure(bench))
    except NotMeasuredError as error:
        traceback.print_exc()
        return Chapter(topic, None, str(error))


def say(what: str) -> None:
    """Tell whoever waits."""
    print(what, file=sys.stderr, flush=True)  # noqa: T201  it takes minutes


if __name__ == "__main__":
    main()
