"""cvforge: one validated profile becomes every CV that its owner needs.

The program is ``cvforge`` (see `cvforge.cli`); whoever builds on it from Python starts at
`cvforge.profile.load.load_profile` and `cvforge.pipeline.build`. Here are the names that every
caller needs: what can go wrong, and how it is told.
"""

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
