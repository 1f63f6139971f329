"""Where links may lead, and what no profile can allow."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from cvforge.profile.links import LINK_SCHEMES, NEVER, LinkScheme, check_link, link_context
from cvforge.profile.text import Text

TEXT = TypeAdapter(Text)


@pytest.mark.parametrize(
    "target",
    [
        *("https://example.org", "http://a/b?c=d#e", "mailto:ada@example.org", "tel:+15550100"),
        *("HTTPS://EXAMPLE.ORG", "https://[::1]:80/x", "https://例え.example/ü"),
    ],
)
def test_links_of_known_schemes_pass(target: str) -> None:
    check_link(target)


@pytest.mark.parametrize(
    "target",
    [
        *("", "example.org", "//example.org", "file:///x", "javascript:x", "data:text/html,x"),
        *("java\nscript:x", "https:", "https://", "https:///x", "mailto:", "tel:", "http://[x"),
        *("https://a b", "https://a\tb", "ht\ntps://a", "https://a\x00", "\x01https://a"),
        *("https://:80", "https://?x", "https://a\u202eb", "https://a\u200bb", "https://a\ue000"),
        *("https:\\\\a", " javascript:x", "vbscript:x", "JAVASCRIPT:x", "ms-msdt:/x", "ftp://a"),
    ],
)
def test_other_links_are_refused(target: str) -> None:
    with pytest.raises(PydanticCustomError):
        check_link(target)


def test_a_profile_may_allow_other_schemes() -> None:
    context = link_context(["ftp", "doi"])
    TEXT.validate_python("[a](ftp://example.org) [b](doi:10.1000/1)", context=context)
    with pytest.raises(ValidationError, match="irc:"):
        TEXT.validate_python("[a](irc://example.org)", context=context)
    assert link_context("doi") == link_context(["doi"])
    assert link_context(None) == link_context([[], {}])


@pytest.mark.parametrize("scheme", sorted([*NEVER, "ms-word", "vscode-insiders"]))
def test_no_profile_can_allow_what_runs_code_or_opens_files(scheme: str) -> None:
    with pytest.raises(ValidationError, match="can run code or open files"):
        TypeAdapter(LinkScheme).validate_python(scheme)
    with pytest.raises(ValidationError, match="can run code or open files"):
        TEXT.validate_python(f"[a]({scheme}:x)", context=link_context([scheme]))


def test_what_is_always_allowed_is_not_dangerous() -> None:
    assert LINK_SCHEMES.isdisjoint(NEVER)
