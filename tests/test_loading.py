"""What is left out while the program is loaded, and that nothing is missed for it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

BEGUN = "import cvforge.loading as loading; loading.begin(); "
MODEL = (
    "from pydantic import BaseModel; Made = type('Made', (BaseModel,), {'__annotations__':"
    " {'a': int}, '__module__': __name__}); print(Made(a='1').a, 'importlib.metadata' in"
    " sys.modules)"
)


def printed(script: str) -> list[str]:
    """Return the words that a new Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import gc, sys; {script}"],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.split()


def test_sums_without_openssl_are_the_same() -> None:
    script = "import hashlib; print(hashlib.sha256(b'Ada').hexdigest(), hashlib.sha256.__module__)"
    made, module = printed(BEGUN + script)
    assert made == hashlib.sha256(b"Ada").hexdigest()
    assert module != "_hashlib"
    assert printed(f"import hashlib; {BEGUN}{script}")[0] == made  # it is too late for that


@pytest.mark.parametrize(("before", "is_searched"), [(BEGUN, "False"), ("", "True")])
def test_models_are_made_without_a_search_for_plug_ins(before: str, is_searched: str) -> None:
    assert printed(before + MODEL) == ["1", is_searched]


def test_garbage_is_collected_from_the_end_on_and_what_is_loaded_is_left_alone() -> None:
    look = "print(gc.isenabled(), gc.get_freeze_count() > 0); "
    script = f"{look}{BEGUN}{look}loading.end(); {look}"
    assert printed(script) == ["True", "False", "False", "False", "True", "True"]
    assert printed("import cvforge.loading as l; l.end(); " + look) == ["True", "False"]


def test_patterns_are_what_others_in_the_standard_library_take_them_for() -> None:
    look = "import gettext, re; print(gettext.c2py('n != 1')(2), re.compile(pattern='a').pattern)"
    assert printed(BEGUN + look) == printed(look) == ["1", "a"]


def test_patterns_of_libraries_are_compiled_when_they_are_used_and_find_the_same() -> None:
    look = (
        "import yaml, platform; late = yaml.resolver.Resolver.yaml_implicit_resolvers['1'][0][1];"
        " print(type(yaml.reader.Reader.NON_PRINTABLE).__name__, type(late).__name__);"
        " print(yaml.safe_load('[1, 2.5, yes, 2020-01-02]'));"
    )
    late, at_once = printed(BEGUN + look), printed(look)
    assert late[:2] == ["_Pattern", "_Pattern"]
    assert at_once[:2] == ["Pattern", "Pattern"]
    assert late[2:] == at_once[2:]


def test_patterns_of_others_are_compiled_at_once() -> None:
    look = "import re; print(type(re.compile('a+', re.IGNORECASE)).__name__);"
    assert printed(BEGUN + look) == ["Pattern"]
