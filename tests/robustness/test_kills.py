"""Builds that are killed at any moment: the PDF is the old one or the new one, and goes on."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from robustness.conftest import Site

KILLS = 16  # a test
COLD_KILLS = 20
MOST = 4  # times as many builds
LEFT_BEHIND = 8  # folders and files at most, however often builds are killed
NEXT_SECONDS = 20.0
# Any, a while after the engine's folder has come, or when the PDF is written.
MOMENTS = ("any", "engine", "writing")


def wait_for(moment: str, site: Site, *, began: float, running: float, chance: float) -> None:
    """Wait for the moment in a build; ``running`` is what a whole one takes in seconds."""
    if moment == "any":
        time.sleep(running * chance)
        return
    before = set(site.left_behind())
    mark = ".cvforge-" if moment == "writing" else "cvforge-"
    while not any(name.startswith(mark) for name in set(site.left_behind()) - before):
        if time.monotonic() > began + 2 * running:
            return
        time.sleep(0.001)
    time.sleep((0.001 if moment == "writing" else running / 4) * chance)


def kill(site: Site, content: str, moment: str, *, running: float, chance: float) -> str:
    """Build a content, kill it at a moment, with all that it started or alone; say how it went."""
    process = site.start(content)
    with process:
        wait_for(moment, site, began=time.monotonic(), running=running, chance=chance)
        process.send_signal(signal.SIGKILL)
        if chance < 0.5:
            site.kill()
        _, errors = process.communicate()
    assert "Traceback" not in errors
    return moment if process.returncode == -signal.SIGKILL else "finished"


def killed_often(site: Site, pdfs: dict[str, bytes], *, count: int, seed: str) -> Counter[str]:
    """Kill builds of both contents; hold what must be true after each, and after the last.

    Where more than half have finished before, on a machine that is busy, there are more of them.
    """
    chances, went = random.Random(seed), Counter[str]()  # noqa: S311  moments, not secrets
    before = time.monotonic()
    assert site.build("old") == (0, "")
    running = time.monotonic() - before
    for number in range(MOST * count):
        if number >= count and went["finished"] <= number / 2:
            break
        content, moment = ("new", "old")[number % 2], MOMENTS[number % len(MOMENTS)]
        went[kill(site, content, moment, running=running, chance=chances.random())] += 1
        assert site.has_ended()
        assert site.pdf.read_bytes() in pdfs.values()
        assert len(site.left_behind()) <= LEFT_BEHIND
    before = time.monotonic()
    assert site.build("new") == (0, "")
    assert time.monotonic() - before < NEXT_SECONDS
    assert site.pdf.read_bytes() == pdfs["new"]
    assert site.left_behind() == []
    assert site.has_ended()
    return went


def hold_kills(site: Site, pdfs: dict[str, bytes], part: int) -> None:
    went = killed_often(site, pdfs, count=KILLS, seed=f"part {part}")
    assert went.total() - went["finished"] >= KILLS / 2, went


@pytest.mark.parametrize("part", range(2))
def test_killed_at_random_the_pdf_is_the_old_one_or_the_new_one(
    site: Site, pdfs: dict[str, bytes], part: int
) -> None:
    hold_kills(site, pdfs, part)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(2, 32))
def test_five_hundred_kills_do_no_more_harm(site: Site, pdfs: dict[str, bytes], part: int) -> None:
    hold_kills(site, pdfs, part)


@pytest.mark.soak
def test_killed_while_the_cache_is_made_a_later_build_makes_it(
    cold: Site, pdfs: dict[str, bytes]
) -> None:
    killed_often(cold, pdfs, count=COLD_KILLS, seed="cold")
    assert [path.name for path in cold.cache.rglob("making-*")] == []
    size = sum(path.stat().st_size for path in cold.cache.rglob("*") if path.is_file())
    assert size < 64e6
