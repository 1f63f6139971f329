"""A citation style: loaded by name or from a file, and applied to references one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvforge.bibliography.csl.catalog import SHORT_NAMES, style_content
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic, Place
    from cvforge.inline import Inline

_MAX_PARENTS = 3
# A style that fails so often is not tried on the rest.
_MAX_FAILURES = 50


class CitationStyle:
    """A style that was loaded: ``cite`` prints references with it."""

    def __init__(self, name: str, root: Any) -> None:
        self.name = name
        self._root = root

    def cite(
        self,
        references: Sequence[Reference],
        *,
        owner: Callable[[Reference], frozenset[int]],
        report: Callable[[Diagnostic], None] | None = None,
    ) -> list[Inline]:
        """Return each reference as the style prints it, in the order given, without its number.

        ``owner`` gives the positions, from 0, of the CV's owner among ``reference.authors``; their
        names are in ``Owner`` spans. ``report`` is told of what the style leaves out: the owner
        behind "et al." ("owner-hidden"), a title or all names ("citation-incomplete").

        Raises:
            BibliographyError: with every entry that the style cannot print.
        """
        from cvforge.bibliography.csl.processor import printed  # noqa: PLC0415  citeproc-py

        made: list[Inline] = []
        failures: list[Diagnostic] = []
        for reference in references:
            try:
                content, left_out = printed(self._root, self.name, reference, owner(reference))
            except BibliographyError as error:
                failures.extend(error.diagnostics)
                if len(failures) == _MAX_FAILURES:
                    break
                continue
            made.append(content)
            if report is not None:
                for finding in left_out:
                    report(finding)
        if failures:
            raise BibliographyError(failures)
        return made


def load_style(
    name: str, *, folder: Path | None, language: str, place: Place | None = None
) -> CitationStyle:
    """Return the style ``name``, in the words of ``language`` (en-US where it has none).

    ``name`` is a short name ("apa"), a name of the styles' repository, or the path of a .csl file
    below ``folder``. ``place`` is where it is written.

    Raises:
        BibliographyError: if there is no such style, it cannot be used, or the packages that
            print it are not installed.
    """
    try:
        from cvforge.bibliography.csl.tree import (  # noqa: PLC0415  an extra, and only for styles
            BrokenStyleError,
            prepared,
        )

        root = _root(name, folder, place)
    except ImportError as error:
        raise _missing(error, place) from None
    try:
        return CitationStyle(name, prepared(root, language))
    except BrokenStyleError as error:
        raise _broken(name, str(error), place) from None


def _root(name: str, folder: Path | None, place: Place | None) -> Any:
    """Return the style's root element; of a style that points to another, that one's."""
    from cvforge.bibliography.csl.tree import (  # noqa: PLC0415  an extra, and only for styles
        BrokenStyleError,
        parent,
        parsed,
    )

    wanted = name
    for _generation in range(_MAX_PARENTS):
        try:
            root = parsed(style_content(wanted, folder=folder, place=place))
        except BrokenStyleError as error:
            raise _broken(name, str(error), place) from None
        except BibliographyError:
            if wanted == name:
                raise
            message = f'it only points to the style "{wanted}", which is not known here'
            raise _broken(name, message, place) from None
        above = parent(root)
        if above is None:
            return root
        wanted = above
    raise _broken(name, "it only points to other styles", place)


def _missing(error: ImportError, place: Place | None) -> Exception:
    return BibliographyError.one(
        "citation-style-missing",
        f"citation styles need the package {error.name}, which is not installed",
        place=place,
        hint='pip install "cvforge[csl]"',
    )


def _broken(name: str, reason: str, place: Place | None) -> Exception:
    return BibliographyError.one(
        "citation-style-broken",
        f'the citation style "{name}" cannot be used: {reason}',
        place=place,
        hint="take a style for bibliographies from https://www.zotero.org/styles, "
        f"or one of {', '.join(SHORT_NAMES)}",
    )
