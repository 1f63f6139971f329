"""Targets of links: from DOI, arXiv number or address to a percent-encoded URL, or a refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMES = ("http", "https")

_LEGAL_IN_URL = ":/?#[]@!$&'()*+,;=-._~%"
_BARE_PERCENT = pattern(r"%(?![0-9A-Fa-f]{2})")
_DOI_LEAD = pattern(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = pattern(r"10\.\d{4,9}(?:\.\d+)*/\S+\Z")
_ARXIV_LEAD = pattern(r"(?:https?://arxiv\.org/abs/|arxiv:\s*)", re.IGNORECASE)
_ARXIV = pattern(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\Z")
_ARXIV_AS_PLACE = pattern(
    r"(?:(?:arxiv(?:[ -](?:preprint|e-?prints?))?|corr),?\s+)?(?:arxiv:\s*|abs/)"
    r"(?P<number>[\w./-]+)(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_UNESCAPED = pattern(
    r"\\(?:(?P<symbol>[_%&#$~{}])|(?P<tilde>textasciitilde)|(?P<low>textunderscore))(?:\{\})?[ ]?"
    r"|(?<!\\)[{}]"
)


def unescaped(written: str) -> str:
    r"""Return an address as it is, from how it is written in a ``.bib`` file.

    ``\_``, ``\%``, ``\&``, ``\#``, ``\~{}`` lose their backslash; braces and line breaks vanish.
    """
    text = re.sub(r"\s*\n\s*", "", written.strip())
    inner = re.fullmatch(r"\\url\s*\{(.*)\}", text)
    return _UNESCAPED.sub(_plain_character, text if inner is None else inner[1])


def _plain_character(found: re.Match[str]) -> str:
    if found["tilde"] is not None:
        return "~"
    if found["low"] is not None:
        return "_"
    return found["symbol"] or ""


def web_target(address: str, *, schemes: tuple[str, ...] = SCHEMES) -> str:
    """Return ``address`` with what a URL must not hold percent-encoded.

    Raises:
        ValueError: if it does not begin with one of ``schemes``, or names no host.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ValueError(f'"{address}" is no web address') from None
    if parts.scheme.lower() not in schemes:
        allowed = ", ".join(f"{scheme}:" for scheme in schemes)
        raise ValueError(f'the link target "{address}" does not begin with one of {allowed}')
    if not (parts.netloc or (parts.scheme.lower() == "mailto" and parts.path)):
        raise ValueError(f'the link target "{address}" names no host')
    return quote(_BARE_PERCENT.sub("%25", address), safe=_LEGAL_IN_URL)


def doi_target(written: str) -> str:
    """Return the resolver's URL of a DOI, given bare, after ``doi:`` or as a URL.

    Raises:
        ValueError: if it has not the form of a DOI.

    Source: DOI Handbook, 2.2 (syntax) and 3.8 (encoding in a URL).
    """
    lead = _DOI_LEAD.match(written)
    doi = written if lead is None else written[lead.end() :]
    if not _DOI.match(doi):
        raise ValueError(f'"{written}" is no DOI: one begins with 10. and has a slash')
    if lead is not None and lead[0].lower().startswith("http"):
        return "https://doi.org/" + quote(_BARE_PERCENT.sub("%25", doi), safe=_LEGAL_IN_URL)
    return "https://doi.org/" + quote(doi, safe="/:;().,-_~!*'@$&+=")


def arxiv_number(raw: Mapping[str, str]) -> str | None:
    """Return the arXiv number that the verbatim fields give, None when they give none.

    ``eprinttype`` (or ``archiveprefix``) says that it is arXiv's; where neither is given, the
    number's form does.

    Raises:
        ValueError: if it is said to be arXiv's and has not the form of one.

    Source: arXiv identifier scheme (numbers of 2007 and later, and before).
    """
    eprint = raw.get("eprint")
    if eprint is None:
        return None
    archive = raw.get("eprinttype", raw.get("archiveprefix"))
    if archive is not None and archive.lower() != "arxiv":
        return None
    lead = _ARXIV_LEAD.match(eprint)
    number = eprint if lead is None else eprint[lead.end() :]
    if _ARXIV.match(number):
        return number
    if archive is None and lead is None:
        return None
    raise ValueError(f'"{eprint}" is no arXiv number such as 2401.01234')


def arxiv_target(raw: Mapping[str, str]) -> str | None:
    """Return the page of the arXiv number that the verbatim fields give, None for none.

    Raises:
        ValueError: if it is said to be arXiv's and has not the form of one.
    """
    number = arxiv_number(raw)
    return None if number is None else f"https://arxiv.org/abs/{number}"


def named_arxiv_target(place: str) -> str | None:
    """Return the arXiv page of a journal that is "arXiv preprint arXiv:2401.01234" or the like.

    So Google Scholar writes it; DBLP writes "CoRR abs/2401.01234". None for all else.
    """
    found = _ARXIV_AS_PLACE.fullmatch(place)
    is_number = found is not None and _ARXIV.match(found["number"])
    return f"https://arxiv.org/abs/{found['number']}" if found and is_number else None


def title_target(raw: Mapping[str, str]) -> str | None:
    """Return where a title leads: its DOI, else its arXiv page, else its ``url``.

    One that has not the right form is passed over; whoever read the entry has reported it.
    """
    for target in (_doi, arxiv_target, _url):
        try:
            found = target(raw)
        except ValueError:
            continue
        if found is not None:
            return found
    return None


def _doi(raw: Mapping[str, str]) -> str | None:
    return doi_target(raw["doi"]) if "doi" in raw else None


def _url(raw: Mapping[str, str]) -> str | None:
    return web_target(raw["url"]) if "url" in raw else None
