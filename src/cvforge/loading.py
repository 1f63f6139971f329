"""What the program does without, of all that its libraries would load: a sixth of that time."""

import gc
import re
import sys

from cvforge import patterns

_BUILT_IN_SUMS = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
_SWITCH_SECONDS = 0.0005  # a tenth of what Python takes
_PLUGINS = "pydantic.plugin._loader"
# Packages that compile what they never use here, or not at once; they call its methods alone.
_LATE = frozenset({"fractions", "html", "logging", "markdown_it", "mdit_py_plugins"}) | {
    *("mdurl", "platform", "platformdirs", "textwrap", "tokenize", "yaml")
}


def begin() -> None:
    """Load what comes now without that; nothing of it may be loaded yet."""
    gc.disable()  # nearly all that is made now is there to stay
    sys.setswitchinterval(_SWITCH_SECONDS)  # or who talks to TeX waits for who loads beside it
    _without_openssl()
    _without_plugins()
    _with_late_patterns()


def end() -> None:
    """Collect garbage from here on, if `begin` was called, but never look at what is loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _without_openssl() -> None:
    """Let hashlib take Python's own sums: the same ones, without a library of 4 MB."""
    if "hashlib" not in sys.modules:
        try:
            __import__(_BUILT_IN_SUMS)
        except ImportError:  # whoever made this Python left them out
            return
        sys.modules["_hashlib"] = None  # type: ignore[assignment]  # as the import system means it


def _without_plugins() -> None:
    """Let Pydantic use no plug-ins: it looks for them in all packages that are installed.

    They would see every profile. Its own switch turns them off, and loads what looks for them.
    """
    none = type(sys)(_PLUGINS)
    vars(none)["get_plugins"] = tuple
    sys.modules.setdefault(_PLUGINS, none)


def _with_late_patterns() -> None:
    """Let regular expressions of some packages be compiled when they are used."""
    at_once = re.compile

    def compile_(pattern, flags=0):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        package = sys._getframe(1).f_globals.get("__name__", "").partition(".")[0]  # noqa: SLF001
        return (patterns.pattern if package in _LATE else at_once)(pattern, flags)

    re.compile = compile_
