"""How a list of publications is set: what the profile and the variant ask for."""

from __future__ import annotations

from cvforge.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AuthorLimit:
    """A list of more than ``most`` authors is cut to the ``first``, the ``last`` and the owner."""

    most: int
    first: int = 3
    last: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a list is set.

    ``authors`` of None shows all authors. ``links`` are names of ``labels.LINKS`` in their order;
    "title" links the title, the others are short labels. ``venues`` says which names of a
    journal or conference are shown: "full", "short" (full where there is no short one) or "both".
    """

    language: str = "en"
    abstracts: bool = False
    authors: AuthorLimit | None = None
    links: tuple[str, ...] = ("title",)
    venues: str = "both"
