"""One reference on its way to the page: what it says, who the owner is, how the list is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.house import phrasing
from cvforge.bibliography.house.kinds import Family, family
from cvforge.bibliography.house.words import word
from cvforge.frozen import dataclass
from cvforge.inline import Inline, plain

if TYPE_CHECKING:
    from cvforge.bibliography.house.setting import Setting
    from cvforge.bibliography.owner import Owner
    from cvforge.bibliography.reference import Reference


@dataclass(frozen=True, slots=True)
class Listing:
    """A reference, with all that its line depends on.

    ``opening``: words of the table begin with a capital, as they do after a full stop.
    """

    reference: Reference
    owner: Owner
    setting: Setting
    opening: bool = False

    @property
    def family(self) -> Family:
        """What the entry is, as far as its line differs."""
        return family(self.reference.kind)

    def field(self, *names: str) -> Inline:
        """Return the first of the fields that is given, () where none is."""
        fields = self.reference.fields
        for name in names:
            if name in fields and plain(fields[name]).strip():
                return fields[name]
        return ()

    def has(self, *names: str) -> bool:
        """Say whether one of the fields is given; a link without text is not."""
        return self.field(*names) != ()

    def worded(self, key: str, content: Inline) -> Inline:
        """Return the words of ``key`` around ``content`` in the language of the list."""
        return phrasing.worded(self.word(key), content)

    def word(self, key: str) -> str:
        """Return the words of ``key`` in the language of the list."""
        return self.opened(word(key, self.setting.language))

    def opened(self, words: str) -> str:
        """Return ``words``, with a capital where the line opens with them."""
        return words[:1].upper() + words[1:] if self.opening else words
