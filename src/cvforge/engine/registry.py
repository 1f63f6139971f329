"""The engines by name, in the order in which they are preferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.diagnostics import did_you_mean
from cvforge.engine.lualatex import LuaLatex
from cvforge.engine.tectonic import Tectonic
from cvforge.engine.xelatex import XeLatex
from cvforge.errors import EngineMissingError

if TYPE_CHECKING:
    from cvforge.engine.base import Engine
    from cvforge.engine.texlive import TexLive

ENGINES: dict[str, type[XeLatex | LuaLatex | Tectonic]] = {
    "xelatex": XeLatex,
    "lualatex": LuaLatex,
    "tectonic": Tectonic,
}
DEFAULT_ENGINE = "xelatex"


def engine(name: str, tex: TexLive) -> Engine:
    """Return the engine of that name.

    Raises:
        EngineMissingError: when no engine has that name.
    """
    if name not in ENGINES:
        raise EngineMissingError.one(
            "unknown-engine", f'there is no engine "{name}"', hint=did_you_mean(name, ENGINES)
        )
    return ENGINES[name](tex)


def engine_versions(tex: TexLive) -> dict[str, str | None]:
    """Return what each engine says about itself, None for those not installed."""
    return {name: _version(made(tex)) for name, made in ENGINES.items()}


def _version(installed: Engine) -> str | None:
    try:
        return installed.version()
    except EngineMissingError:
        return None
