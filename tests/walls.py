"""The walls around TeX that there are on this machine, for tests that hold behind each."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from cvforge.engine.texlive import TexLive
from cvforge.engine.wall import tried

with TemporaryDirectory(prefix="cvforge-tests-") as cache:
    HERE = tried(TexLive(os.environ, Path(cache)))
WALL = HERE.wall
# Our own stands alone where bubblewrap is absent or not allowed.
WALLS = ["alone"] if WALL is None else ["bubblewrap", "alone"]
# Lua is held by bubblewrap only; what is not ours is refused without.
LUA = [] if WALL is None else ["lualatex"]
