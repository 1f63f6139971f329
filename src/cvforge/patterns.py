"""Regular expressions that are compiled when they are used for the first time.

Python compiles them by Python. A build defines a hundred and forty and uses half of them.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

__all__ = ["compile_all", "compile_of", "pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    def pattern(text, flags=0):  # noqa: ANN001, ANN201  checkers see Python's own
        """Return what can do all that a compiled pattern can; a wrong one is found when used."""
        made = _Pattern(text, flags)
        _made.append((sys._getframe(1).f_globals.get("__name__", ""), made))  # noqa: SLF001
        return made


_made: list[tuple[str, _Pattern]] = []
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
_FIELDS = ("flags", "groups", "groupindex")


class _Pattern:
    """A pattern until it is compiled; then it has its methods as its own.

    What it finds knows the compiled one, whose text is the same.
    """

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        if name not in {*_METHODS, *_FIELDS}:
            raise AttributeError(name)
        self.compile()
        return vars(self)[name]

    def compile(self) -> None:
        """Compile it now."""
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({name: getattr(compiled, name) for name in (*_METHODS, *_FIELDS)})


def compile_all() -> None:
    """Compile all that there are, for a process whose forks will use them."""
    for _, each in _made:
        each.compile()


def compile_of(*packages: str) -> None:
    """Compile those that modules of some packages have, as far as they are loaded, ahead of use."""
    for module, each in _made:
        if module.startswith(packages):
            each.compile()
