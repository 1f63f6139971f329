"""The README tells the truth: its commands, exit statuses and ten lines are the program's."""

from __future__ import annotations

import re
from pathlib import Path

from cvforge.cli import COMMANDS, GROUPS
from cvforge.errors import CvforgeError
from cvforge.profile.load import load_profile

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_commands_are_those_of_the_program() -> None:
    listed = re.findall(r"^\| `cvforge (\w+)` \|", README, re.MULTILINE)
    assert listed == [*COMMANDS, *GROUPS]


def test_the_exit_statuses_are_those_of_the_errors() -> None:
    listed = {int(status) for status in re.findall(r"^\| (\d+) \| ", README, re.MULTILINE)}
    raised = {error.exit_status for error in CvforgeError.__subclasses__()}
    assert len(raised) == 8
    assert listed == raised | {0, 2}


def test_the_ten_lines_are_the_example_and_load() -> None:
    example = ROOT / "examples" / "bo-rune.yaml"
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert blocks == [example.read_text(encoding="utf-8")]
    assert load_profile(example).profile.sections[0].id == "work"


def test_the_links_lead_to_files_of_the_repository() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    pictures = re.findall(r'<img src="([^"]+)"', README)
    assert len(pictures) == 2
    assert targets
    assert [t for t in targets + pictures if not (ROOT / t).exists()] == []
