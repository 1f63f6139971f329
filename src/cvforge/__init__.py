"""cvforge: one validated profile becomes every CV that its owner needs.

The program is ``cvforge`` (see `cvforge.cli`); whoever builds on it from Python starts at
`cvforge.profile.load.load_profile` and `cvforge.pipeline.build`. Here are the names that every
caller needs: what can go wrong, and how it is told. They are loaded when they are asked for.
"""

from importlib import import_module

# As type checkers know it; to load typing would be a tenth of a command that is left to another.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from cvforge.diagnostics import Diagnostic, Place, Severity
    from cvforge.errors import (
        BibliographyError,
        CvforgeError,
        EngineError,
        EngineMissingError,
        OutputError,
        PageLimitError,
        ProfileError,
        TemplateError,
        TextLostError,
    )

__all__ = [
    "BibliographyError",
    "CvforgeError",
    "Diagnostic",
    "EngineError",
    "EngineMissingError",
    "OutputError",
    "PageLimitError",
    "Place",
    "ProfileError",
    "Severity",
    "TemplateError",
    "TextLostError",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "errors" if name.endswith("Error") else "diagnostics"
    return getattr(import_module(f"{__name__}.{module}"), name)
