"""The references that were read, found by their keys or by other keys that they list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cvforge.bibliography.reference import Reference


class References(Mapping[str, Reference]):
    """References by key, in the order of the files.

    An alias, from an entry's ``ids``, finds its entry as well, but is no key of its own: it is
    neither counted nor gone through.
    """

    __slots__ = ("_aliases", "_by_key")

    def __init__(
        self, by_key: Mapping[str, Reference], aliases: Mapping[str, str] | None = None
    ) -> None:
        self._by_key = by_key
        self._aliases = {} if aliases is None else aliases

    def __getitem__(self, key: str) -> Reference:
        return self._by_key[self._aliases.get(key, key)]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key or key in self._aliases

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def aliases(self) -> Mapping[str, str]:
        """The keys of the entries by their other keys."""
        return self._aliases
