"""``cvforge doctor``: what is installed, what is missing, and what would install it."""

import os
import platform

from cvforge.cli.common import reporting
from cvforge.cli.options import Json


def doctor(*, json: Json = False) -> None:
    """Show engines, fonts and versions, and what to install on this system.

    Ends with status 7 when a PDF cannot be built here.

    Example: cvforge doctor
    """
    from platformdirs import user_cache_path  # noqa: PLC0415  --help does not pay for it

    from cvforge.cli import installed_version  # noqa: PLC0415  the same, and it imports this
    from cvforge.cli.cache import as_document, formats, standing_line  # noqa: PLC0415  the same
    from cvforge.engine.fallbacks import fallback_fonts  # noqa: PLC0415  the same
    from cvforge.engine.needs import install_command, missing  # noqa: PLC0415  the same
    from cvforge.engine.registry import engine_versions  # noqa: PLC0415  the same
    from cvforge.engine.state import state  # noqa: PLC0415  the same
    from cvforge.engine.texlive import TexLive  # noqa: PLC0415  the same
    from cvforge.engine.wall import tried  # noqa: PLC0415  the same
    from cvforge.errors import EngineMissingError  # noqa: PLC0415  the same
    from cvforge.fonts.overview import overview  # noqa: PLC0415  the same
    from cvforge.standby import client  # noqa: PLC0415  the same

    with reporting(json=json) as console:
        cache = user_cache_path("cvforge").absolute()
        tex = TexLive(os.environ, cache, preloads=cache)
        console.built(f"cvforge {installed_version()}, Python {platform.python_version()}")
        engines = engine_versions(tex)
        for name, version in engines.items():
            console.built(f"{name}: {version or 'not installed'}")
        wall = tried(tex, anew=True)
        console.built(f"bubblewrap: {wall}")
        console.built(f"cache: {tex.cache}")
        absent = list(missing(tex))
        states = {name: state(tex, *choice) for name, choice in formats().items()}
        for name, found in states.items():
            console.built(f"preloaded format of {name}: {found}")
        process = client.standing()
        console.built(standing_line(process))
        scripts = list(overview(fallback_fonts(tex)))
        console.built(f"fonts for: {', '.join(s.name for s in scripts if s.family) or 'nothing'}")
        for script in scripts:
            if script.family is None:
                console.built(f"no font for {script.name}: {script.hint}")
        console.document(
            {
                "engines": engines,
                "bubblewrap": {"works": wall.wall is not None, "reason": wall.reason},
                "cache": str(tex.cache),
                "preloaded": {name: as_document(found) for name, found in states.items()},
                "scripts": {script.name: script.family for script in scripts},
                "standby": process,
                "missing": absent,
            }
        )
        if absent:
            command = install_command(os.environ.get("PATH"))
            raise EngineMissingError.one(
                "not-installed",
                f"missing here: {', '.join(absent)}",
                hint=f"install it by: {command}",
            )
        console.built("everything that a build needs is here")
