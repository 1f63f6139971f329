"""Where links may lead: the schemes that are always allowed, never, or when a profile says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from cvforge.characters.refusals import refusals

if TYPE_CHECKING:
    from collections.abc import Mapping

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
CONTEXT_KEY = "link_schemes"
# Those that run code, read the reader's files or start programs, and those of Windows' own.
NEVER = frozenset(
    {
        *("about", "blob", "chrome", "cmd", "data", "feed", "file", "filesystem", "intent", "jar"),
        *("javascript", "jscript", "ldap", "ldaps", "livescript", "local", "mhtml", "mk", "mocha"),
        *("nfs", "powershell", "resource", "search", "search-ms", "shell", "smb", "ssh", "steam"),
        *("telnet", "vbs", "vbscript", "view-source", "vscode"),
    }
)
_NEVER_BEGINS = ("ms-", "vscode-")


def _checked_scheme(scheme: str) -> str:
    if scheme in NEVER or scheme.startswith(_NEVER_BEGINS):
        raise PydanticCustomError(
            "dangerous_scheme",
            'links of the scheme "{scheme}" can run code or open files on the machine of a reader',
            {"scheme": scheme},
        )
    return scheme


# Source: RFC 3986, 3.1.
LinkScheme: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9+.-]*$", max_length=30),
    AfterValidator(_checked_scheme),
]


def link_context(written: object) -> dict[str, frozenset[str]]:
    """Return the context to validate a profile in that has ``written`` under ``link_schemes``.

    What is wrong with it is found when the key itself is validated.
    """
    schemes = written if isinstance(written, list) else [written]
    return {CONTEXT_KEY: frozenset(scheme for scheme in schemes if isinstance(scheme, str))}


def allowed_schemes(context: Mapping[str, frozenset[str]] | None) -> frozenset[str]:
    """Return the schemes of links that are allowed in the context of a validation."""
    return LINK_SCHEMES | (frozenset() if context is None else context[CONTEXT_KEY])


def check_link(target: str, *, allowed: frozenset[str] = LINK_SCHEMES) -> None:
    """Refuse a link target that is no absolute URL of an ``allowed`` scheme.

    Raises:
        PydanticCustomError: with the scheme and the ones that are allowed.
    """
    for refusal in refusals(target):
        raise PydanticCustomError(refusal.code, "{reason}", {"reason": refusal.message})
    parts = _parts(target)
    _checked_scheme(parts.scheme)
    if parts.scheme not in allowed:
        raise PydanticCustomError(
            "unknown_scheme" if parts.scheme else "link_scheme",
            'the link target "{target}" does not begin with one of {schemes}',
            {"target": target, "schemes": ", ".join(f"{s}:" for s in sorted(allowed))},
        )
    if not _is_complete(parts):
        raise PydanticCustomError(
            "link_target", 'the link target "{target}" is incomplete', {"target": target}
        )
    if re.search(r"\s", target):
        raise PydanticCustomError(
            "link_target", 'the link target "{target}" contains a space', {"target": target}
        )


def _parts(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _is_complete(parts: SplitResult) -> bool:
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    return bool(parts.netloc or parts.path.strip("/"))
