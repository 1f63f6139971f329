"""A class of ours is what Python's own decorator makes of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from cvforge import frozen
from cvforge.diagnostics import Place

PYTHON, OURS = dataclasses.dataclass, frozen.dataclass


def made(decorator: Any) -> tuple[Any, Any, Any]:
    """Return a class, one of named fields, and one below that, as a decorator makes them."""

    @decorator(frozen=True, slots=True)
    class Leaf:
        """A class with all kinds of defaults."""

        first: int
        second: str = "b"
        third: list[int] = field(default_factory=list)
        fourth: int = field(default=1, compare=False)
        fifth: int = field(default=1, repr=False)

        def __post_init__(self) -> None:
            if self.first < 0:
                raise ValueError

        @property
        def doubled(self) -> int:
            """Twice the first."""
            return 2 * self.first

    @decorator(frozen=True, slots=True, kw_only=True)
    class Named:
        """Fields that are given by their names."""

        key: str = "k"

    @decorator(frozen=True, slots=True, kw_only=True)
    class Below(Named):
        """Another field below."""

        value: int

    return Leaf, Named, Below


@pytest.mark.parametrize("decorator", [PYTHON, OURS])
def test_a_class_does_what_python_says(decorator: Any) -> None:
    leaf, _, below = made(decorator)
    one = leaf(1, third=[2])
    name = leaf.__qualname__
    assert repr(one) == f"{name}(first=1, second='b', third=[2], fourth=1)"
    assert one == leaf(1, "b", [2], 7)
    assert one != leaf(1, fifth=2, third=[2])
    assert one != (1, "b", [2], 1, 1)
    assert leaf(3).doubled == 6
    assert leaf(1).third is not leaf(1).third
    assert dataclasses.replace(one, first=4) == leaf(4, third=[2])
    assert [each.name for each in dataclasses.fields(one)] == [
        *("first", "second", "third", "fourth", "fifth")
    ]
    assert dataclasses.asdict(below(value=2)) == {"key": "k", "value": 2}
    assert hash(below(value=2)) == hash(below(value=2))
    assert (leaf.__match_args__, below.__match_args__) == (
        ("first", "second", "third", "fourth", "fifth"),
        (),
    )
    assert copy.copy(one) == one
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("decorator", [PYTHON, OURS])
def test_a_class_refuses_what_python_refuses(decorator: Any) -> None:
    leaf, _, below = made(decorator)
    one = leaf(1)
    with pytest.raises(FrozenInstanceError):
        one.first = 2
    with pytest.raises(FrozenInstanceError):
        del one.first
    with pytest.raises(ValueError, match=r"^$"):
        leaf(-1)
    wrong: list[tuple[Any, ...]] = [(), (1, "b", [], 1, 1, 1)]
    for arguments in wrong:
        with pytest.raises(TypeError):
            leaf(*arguments)
    with pytest.raises(TypeError):
        below("k", 2)
    with pytest.raises(TypeError):
        hash(one)  # of a list
    with pytest.raises(ValueError, match="default"):
        decorator(frozen=True, slots=True)(
            type("Shared", (), {"__annotations__": {"a": "list"}, "a": []})
        )


@pytest.mark.parametrize("decorator", [PYTHON, OURS])
def test_a_class_may_have_methods_of_its_own_and_no_fields(decorator: Any) -> None:
    @decorator(frozen=True, slots=True)
    class Own:
        """One that says itself what it is like."""

        number: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.number % 2 == other.number % 2

        def __hash__(self) -> int:
            return self.number % 2

        def __repr__(self) -> str:
            return "own"

    @decorator(frozen=True, slots=True)
    class Bare:
        """One without fields."""

    own: Any = Own
    assert own(1) == own(3)
    assert hash(own(1)) == hash(own(3))
    assert repr(own(1)) == "own"
    assert Bare() == Bare()


def test_any_other_class_is_pythons() -> None:
    @OURS(slots=True)
    class Open:
        """One that can be changed."""

        number: int = 1

    kind: Any = Open
    opened = kind()
    opened.number = 2
    assert opened == kind(2)


def test_what_is_sent_to_another_process_comes_back() -> None:
    place = Place("ada.yaml", 3, 4)
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301  our own


def test_a_build_loads_few_classes_that_python_has_to_write() -> None:
    script = """
import dataclasses
made = []
process = dataclasses._process_class
def counted(cls, *others):
    if cls.__module__.startswith("cvforge"):
        made.append(cls.__qualname__)
    return process(cls, *others)
dataclasses._process_class = counted
import cvforge.batch.workshop, cvforge.cli.build, cvforge.engine.registry
print(len(made))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert int(done.stdout) < 25
