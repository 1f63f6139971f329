"""What tests of photos share: a profile with a photo, in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from portraits import portrait

from cvforge.profile.load import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.profile.load import LoadedProfile

    Load = Callable[..., LoadedProfile]

PROFILE = """
person: {name: Ada Quill, headline: Designer, email: ada@example.org, photo: portrait.jpg}
sections: [{id: a, title: A, kind: bullets, bullets: [First letters, Second letters]}]
variants: {bare: {design: {photo: false}}}
"""


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads the profile in a folder with its photo, with what is laid over it."""
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "ada.yaml").write_text(PROFILE, "utf-8")
    (folder / "portrait.jpg").write_bytes(portrait())

    def load(*settings: str) -> LoadedProfile:
        return load_profile(folder / "ada.yaml", settings=settings)

    return load
