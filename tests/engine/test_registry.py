"""Engines by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.engine.registry import DEFAULT_ENGINE, ENGINES, engine
from cvforge.errors import EngineMissingError

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_is_found_by_its_own_name(tex: TexLive, name: str) -> None:
    assert engine(name, tex).name == name


def test_the_default_engine_is_the_first() -> None:
    assert next(iter(ENGINES)) == DEFAULT_ENGINE == "xelatex"


def test_an_unknown_engine_is_refused_with_the_nearest_name(tex: TexLive) -> None:
    with pytest.raises(EngineMissingError) as refused:
        engine("xelatx", tex)
    (finding,) = refused.value.diagnostics
    assert finding.hint == 'did you mean "xelatex"?'
