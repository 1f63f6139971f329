"""``cvforge schema``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import main
from cvforge.profile.schema import profile_schema

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]


def test_the_schema_is_printed(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["schema"])
    assert ended.value.code in (0, None)
    assert json.loads(capsys.readouterr().out) == profile_schema()


def test_the_schema_is_written(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "new" / "schema.json"
    with pytest.raises(SystemExit):
        main(["schema", "--output", str(path)])
    assert json.loads(path.read_text()) == profile_schema()
    assert capsys.readouterr().out == f"{path.as_posix()}: written\n"
