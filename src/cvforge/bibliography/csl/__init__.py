"""Citation styles in CSL: found, loaded and applied to references, by citeproc-py (an extra)."""

from __future__ import annotations

from cvforge.bibliography.csl.style import CitationStyle, load_style

__all__ = ["CitationStyle", "load_style"]
