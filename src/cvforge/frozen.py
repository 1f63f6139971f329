"""Python's `dataclass`, where it is frozen and has slots: the same, made in a fifth of the time.

For each of them Python writes six methods as text and compiles them, half a millisecond. A build
loads a hundred and fifty. Here ``__init__`` alone is written; the others are closures.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, **others):  # noqa: ANN001, ANN003, ANN201  checkers see Python's own
        """Return a class with fields, or what makes one of a class; any other kind is Python's."""
        if cls is None and frozen and slots and not others:
            return lambda plain: _frozen(plain, kw_only=kw_only)
        return dataclasses.dataclass(cls, frozen=frozen, slots=slots, kw_only=kw_only, **others)


@dataclasses.dataclass(frozen=True, slots=True)
class _Model:
    """One that Python has made, to take over what it notes in each."""

    field: None = None


_NOTED: Any = _Model
_KIND = _NOTED.__dataclass_fields__["field"]._field_type  # noqa: SLF001  what fields() looks for
_LEFT_OUT = {"__dict__", "__weakref__"}


def _frozen(plain: type, *, kw_only: bool) -> type:
    fields = _fields(plain, kw_only=kw_only)
    if not any(field.compare for field in fields.values()):  # seldom: nothing to compare by
        return dataclasses.dataclass(frozen=True, slots=True, kw_only=kw_only)(plain)
    inherited = {name for base in plain.__mro__[1:] for name in getattr(base, "__slots__", ())}
    own = {k: v for k, v in vars(plain).items() if k not in fields and k not in _LEFT_OUT}
    noted = {
        "__slots__": tuple(name for name in fields if name not in inherited),
        "__match_args__": tuple(name for name, field in fields.items() if not field.kw_only),
        "__dataclass_fields__": fields,
        "__dataclass_params__": _NOTED.__dataclass_params__,
        "__init__": _init(fields, is_followed=hasattr(plain, "__post_init__")),
    }
    made = type(plain)(plain.__name__, plain.__bases__, _methods(fields) | own | noted)
    made.__qualname__ = plain.__qualname__
    return made


def _fields(plain: type, *, kw_only: bool) -> dict[str, Field[Any]]:
    """Return the fields by their names, those of the bases first."""
    found: dict[str, Field[Any]] = {}
    for base in plain.__mro__[:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    for name, annotation in vars(plain).get("__annotations__", {}).items():
        default = vars(plain).get(name, MISSING)
        field: Any = default if isinstance(default, Field) else dataclasses.field(default=default)
        if type(field.default).__hash__ is None:
            raise ValueError(f"all of {plain.__name__} would share the default of {name}")
        field.name, field.type, field.kw_only, field._field_type = name, annotation, kw_only, _KIND  # noqa: SLF001  as Python notes it
        found[name] = field
    return found


def _init(fields: Mapping[str, Field[Any]], *, is_followed: bool) -> Any:
    """Return the method that sets the fields."""
    names: dict[str, Any] = {"_set": object.__setattr__, "_absent": MISSING}
    positional, by_name, lines = ["self"], ["*"], []
    for name, field in fields.items():
        parameter, value = name, name
        if field.default is not MISSING:
            names[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            names[f"_new_{name}"] = field.default_factory
            parameter = f"{name}=_absent"
            value = f"_new_{name}() if {name} is _absent else {name}"
        (by_name if field.kw_only else positional).append(parameter)
        lines.append(f"  _set(self, {name!r}, {value})")
    parameters = [*positional, *(by_name if len(by_name) > 1 else ())]
    after = ["  self.__post_init__()"] if is_followed else []
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines + after), names)  # noqa: S102  as dataclasses does
    return names["__init__"]


def _methods(fields: Mapping[str, Field[Any]]) -> dict[str, Any]:
    """Return what Python would write besides; a class may have its own instead."""
    shown = [name for name, field in fields.items() if field.repr]
    compared: Any = attrgetter(*(name for name, field in fields.items() if field.compare))

    def is_equal(self: object, other: object) -> Any:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def text(self: object) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({inside})"

    def state(self: object) -> list[Any]:
        return [getattr(self, name) for name in fields]

    def set_state(self: object, values: Iterable[Any]) -> None:
        for name, value in zip(fields, values, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__eq__": is_equal,
        "__hash__": lambda self: hash(compared(self)),
        "__repr__": text,
        "__getstate__": state,
        "__setstate__": set_state,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }


def _refuse_to_set(_: object, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
