"""What the tests of the fast way share: TeX with a cache that keeps a preloaded format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.engine.preload import Preloaded, Shelf, options_with_packages
from cvforge.engine.preloading import make

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive
    from cvforge.templates.registry import TemplateFiles


@pytest.fixture(scope="session")
def warm(tex: TexLive, classic: TemplateFiles) -> TexLive:
    """TeX with the formats of the template "classic" made."""
    made = replace(tex, preloads=tex.cache)
    for options in ((), options_with_packages(classic.files)):
        shelf = Shelf.of(made, classic.files, options)
        assert shelf is not None
        make(made, shelf, wait_seconds=120)
    return made


@pytest.fixture(scope="session")
def preloaded(warm: TexLive, classic: TemplateFiles) -> Preloaded:
    """The format of the template "classic"."""
    shelf = Shelf.of(warm, classic.files)
    assert shelf is not None
    condition, found, reason = shelf.look()
    assert found is not None, (condition, reason)
    return found
