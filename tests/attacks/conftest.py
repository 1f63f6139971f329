"""A place with something to steal around the place where engines work; a template that attacks."""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import placed
from walls import WALLS

from cvforge.bibliography.references import References
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import ENGINES
from cvforge.engine.texlive import TexLive
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools
from cvforge.templates.folder import templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.engine.sandbox import Limits
    from cvforge.outcome import BuildResult

SECRET = "what-nobody-else-may-read"  # noqa: S105  a word to look for
PROFILE = """\
person: {name: Ada Quill}
sections: [{id: a, title: Work, kind: bullets, bullets: [Drew letters.]}]
"""
PICTURE = (  # one black point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
PAGE = """\
%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Title (what-nobody-else-may-read)>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


@dataclass(frozen=True)
class Scene:
    """Folders: ``outside`` holds what is not to be touched; engines work below it."""

    tex: TexLive
    outside: Path
    template: Path
    profile: Path

    def attack(
        self, code: str, *, limits: Limits, engine: str = "xelatex", variant: str = "full"
    ) -> BuildResult:
        """Build a small CV by a template that runs the code when its document begins."""
        class_file = self.template / "classic" / "cvforge-classic.cls"
        aimed = placed(code, self.outside)
        with class_file.open("a", encoding="utf-8") as file:
            file.write(f"\n\\def\\CvAttack{{{aimed}}}\n\\AtBeginDocument{{\\CvAttack}}\n")
        with_limits = ENGINES[engine](self.tex, limits=limits)
        tools = Tools(with_limits, FontCoverage(self.tex), 0)
        profile = load_profile(self.profile).profile
        works, own = Works(References({})), Overrides(template_folder=self.template)
        return build(profile, variant, works=works, tools=tools, overrides=own)

    def contents(self) -> dict[str, bytes]:
        """Return all files outside by their paths; folders are named too."""
        found = {}
        for path in sorted(self.outside.rglob("*")):
            name = path.relative_to(self.outside).as_posix()
            found[name] = path.read_bytes() if path.is_file() else b""
        return found

    def processes(self) -> list[str]:
        """Return the command lines of processes that work below."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cwd").readlink().is_relative_to(self.outside):
                    found.append((process / "cmdline").read_text("utf-8", "replace"))
            except OSError:
                continue
        return found

    def has_ended(self) -> bool:
        """Wait a moment until no process is left."""
        deadline = time.monotonic() + 5
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.01)
        return not self.processes()


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory, tex: TexLive) -> Path:
    """A home with files in it; engines work two folders below."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text(f"{SECRET}\n", "utf-8")
    (folder / "picture.png").write_bytes(base64.b64decode(PICTURE))
    (folder / "page.pdf").write_text(PAGE, "utf-8")
    shutil.copy(tex.find(["lmroman10-regular.otf"])["lmroman10-regular.otf"], folder / "font.otf")
    (folder / "work").mkdir()
    return folder


@pytest.fixture
def scene(tex: TexLive, outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    template = tmp_path / "templates"
    shutil.copytree(templates_folder(), template)
    profile = tmp_path / "ada.yaml"
    profile.write_text(PROFILE, "utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(outside / "work"))
    environment = os.environ | {"HOME": str(outside), "CVFORGE_SECRET": SECRET}
    at_home = replace(tex, environment=environment)
    at_home.xelatex_format()
    return Scene(at_home, outside, template, profile)


@pytest.fixture(params=WALLS)
def walled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each wall that there is: bubblewrap around the other one, and that alone."""
    if request.param == "alone":
        monkeypatch.setattr(TexLive, "wall", _no_wall())
    return str(request.param)


def _no_wall() -> Callable[[TexLive], None]:
    return lambda _: None
