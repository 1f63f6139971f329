"""A style's XML: read without entities and network, checked, and made ready for rendering."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from citeproc.model import CitationStylesElement
from lxml import etree

from cvforge.bibliography.csl import dated, elements, named
from cvforge.bibliography.csl.locale import NAMESPACE, chosen_language, merged_locale
from cvforge.bibliography.csl.marks import wrapped
from cvforge.inline import Emphasis, Strong
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN = {
    "date": dated.Date,
    "date-part": dated.DatePart,
    "else-if": elements.ElseIf,
    "group": elements.Group,
    "if": elements.If,
    "label": elements.Label,
    "locale": elements.Locale,
    "name": named.Name,
    "name-part": elements.NamePart,
    "names": named.Names,
    "number": elements.Number,
    "substitute": elements.Substitute,
    "text": elements.Text,
}
# What citeproc-py puts into XPath expressions.
_LOOKED_UP = ("macro", "name", "term", "form", "variable")
_UNSAFE = pattern("['\"\\[\\]]")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FIGURES = pattern(r"[0-9+()-]+")
_LABELS = ("citation-number", "citation-label", "year-suffix")


class BrokenStyleError(ValueError):
    """A file is no style that can be used; the message says why."""


def parsed(content: bytes) -> Any:
    """Return the root element of a style.

    Raises:
        BrokenStyleError: if it is no CSL style, or holds what a style has no use for.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BrokenStyleError("it has a document type or entities, which no style needs")
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenStyleError(f"it is no XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise BrokenStyleError("it has a document type, which no style needs")
    if root.tag != f"{{{NAMESPACE}}}style":
        raise BrokenStyleError("it is no CSL style: its outermost element is not cs:style")
    return root


def parent(root: Any) -> str | None:
    """Return the name of the style that a dependent style only points to; None of a whole one."""
    if root.find(f"{{{NAMESPACE}}}bibliography") is not None:
        return None
    for link in root.iterfind(f"{{{NAMESPACE}}}info/{{{NAMESPACE}}}link"):
        if link.get("rel") == "independent-parent":
            return str(link.get("href", "")).rstrip("/").rpartition("/")[2]
    return None


def prepared(root: Any, language: str) -> Any:
    """Make a style ready: its language, its faces as marks, its entries without labels.

    Raises:
        BrokenStyleError: if it cannot print a bibliography.
    """
    _check(root)
    chosen = chosen_language(language, root.get("default-locale"))
    root.locales = [merged_locale(root, chosen, _parser())]
    root.locales[0].style = root
    root.formatter = _faces()
    root.macros = {macro.get("name"): macro for macro in root.iterchildren(_tag("macro"))}
    _remove_labels(root)
    for names in root.iter(_tag("names")):
        _complete(names)
    return root


def _parser() -> Any:
    """Return a parser that makes the elements of ``elements``, or citeproc-py's."""
    parser = etree.XMLParser(
        encoding="utf-8",
        huge_tree=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
    )
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = CitationStylesElement
    theirs = CitationStylesElement.__subclasses__()
    namespace.update({each.__name__.replace("_", "-").lower(): each for each in theirs})
    namespace.update(_OWN)
    parser.set_element_class_lookup(lookup)
    return parser


def _check(root: Any) -> None:
    if root.find(f"{_tag('bibliography')}/{_tag('layout')}") is None:
        raise BrokenStyleError("it has no bibliography: it is for notes and citations alone")
    macros = {macro.get("name") for macro in root.iterchildren(_tag("macro"))}
    for element in root.iter(etree.Element):
        for name in _LOOKED_UP:
            if _UNSAFE.search(element.get(name, "")):
                raise BrokenStyleError(f"line {element.sourceline}: no {name} has such a name")
        macro = element.get("macro")
        if macro is not None and macro not in macros:
            raise BrokenStyleError(f'line {element.sourceline}: there is no macro "{macro}"')


def _remove_labels(root: Any) -> None:
    """Take out the style's own numbers and labels, and its order: those are the CV's."""
    gone = [
        element
        for element in (*root.iter(_tag("text")), *root.iter(_tag("number")))
        if element.get("variable") in _LABELS
    ]
    for element in (*gone, *root.iter(_tag("sort"))):
        element.getparent().remove(element)


def _complete(names: Any) -> None:
    """Write out the form of names: in a substitute, without one, that of the names it is for."""
    if names.find(_tag("name")) is not None:
        return
    above = next(names.iterancestors(_tag("substitute")), None)
    if above is None or len(names):
        names.insert(0, names.makeelement(_tag("name")))
    else:
        form = [part for part in above.getparent() if part.tag != _tag("substitute")]
        names.extend(copy.deepcopy(part) for part in form)


def _faces() -> Any:
    """Return a formatter in citeproc-py's form: faces as marks, or plain where we have none."""
    return SimpleNamespace(
        preformat=str,
        Italic=lambda text: wrapped(Emphasis, str(text)),
        Oblique=lambda text: wrapped(Emphasis, str(text)),
        Bold=lambda text: wrapped(Strong, str(text)),
        Light=str,
        Underline=str,
        SmallCaps=str,
        Superscript=_figures(_RAISED),
        Subscript=_figures(_LOWERED),
    )


def _figures(table: dict[int, int]) -> Callable[[object], str]:
    def shifted(text: object) -> str:
        return str(text).translate(table) if _FIGURES.fullmatch(str(text)) else str(text)

    return shifted


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
