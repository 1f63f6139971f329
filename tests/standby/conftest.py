"""A process that stands by for each test that asks for one, and never outlives it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import bystander
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def idle() -> Iterator[bystander.Bystander]:
    """One that is not started yet."""
    with tempfile.TemporaryDirectory(prefix="cv", ignore_cleanup_errors=True) as cache:
        made = bystander.Bystander(Path(cache))
        try:
            yield made
        finally:
            made.close()


@pytest.fixture(scope="module")
def shared() -> Iterator[bystander.Bystander]:
    """One for all tests of a module that do it no harm."""
    with tempfile.TemporaryDirectory(prefix="cv", ignore_cleanup_errors=True) as cache:
        made = bystander.Bystander(Path(cache))
        made.start()
        try:
            yield made
        finally:
            made.close()
