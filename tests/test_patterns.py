"""Patterns that are compiled when they are used do what compiled ones do."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import cvforge
from cvforge.patterns import compile_all, compile_of, pattern


def test_it_does_what_a_compiled_pattern_does() -> None:
    made, compiled = pattern("(?P<a>x)|y", re.IGNORECASE), re.compile("(?P<a>x)|y", re.IGNORECASE)
    text = "aXby"
    assert made.sub("-", text) == compiled.sub("-", text)
    assert made.findall(text) == compiled.findall(text)
    assert [m.span() for m in made.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert made.split(text) == compiled.split(text)
    assert made.fullmatch("x") is not None
    assert made.match("ax") is None
    assert (made.pattern, made.flags, made.groups) == ("(?P<a>x)|y", compiled.flags, 1)
    assert made.groupindex == {"a": 1}
    found = made.search(text)
    assert found is not None
    assert found.re.pattern == made.pattern
    assert pattern(b"x").search(b"ax") is not None


def test_it_is_compiled_once_and_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    really = re.compile

    def noted(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return really(text, flags)

    monkeypatch.setattr(re, "compile", noted)
    made = pattern("a+")
    assert compiled == []
    for _ in range(2):
        assert made.fullmatch("aa") is not None
        assert made.search("b") is None
    assert compiled == ["a+"]


def test_all_are_compiled_for_a_process_whose_forks_use_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = pattern("a+")
    compile_all()
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("it was compiled again"))
    assert made.fullmatch("aa") is not None


def test_what_it_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        pattern("a").scanner  # type: ignore[attr-defined]  # noqa: B018  Python's own is not public


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    """A wrong one would be found when it is used, which may be seldom."""
    kind = type(pattern(""))
    found = 0
    for module in walk_packages(cvforge.__path__, "cvforge."):
        if not module.name.endswith("__main__"):
            for value in vars(import_module(module.name)).values():
                for each in value if isinstance(value, tuple) else (value,):
                    if isinstance(each, kind):
                        found += 1
                        re.compile(each.pattern, each.flags & ~re.UNICODE)
    assert found > 100


def test_those_of_a_package_are_compiled_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pattern("b+")
    compile_of(__name__)
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("it was compiled again"))
    assert made.fullmatch("bb") is not None


def test_those_of_another_package_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern("c+")
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("it was compiled"))
    compile_of(f"{__name__}.")
