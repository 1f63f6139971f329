"""The elements of CSL that print names, which ``names`` orders; see ``elements``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc import model
from citeproc.source import VariableError

from cvforge.bibliography.csl.elements import Element, Variable
from cvforge.bibliography.csl.names import NameForm, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cvforge.bibliography.csl.entry import Entry

_SHARED = {"form": "name-form", "delimiter": "name-delimiter"}
_BOTH = ("editor", "translator")


class Names(Variable, model.Names):
    """Names that stood in for others before are not printed again; roles may have hyphens."""

    def render(self, item: Entry, **options: Any) -> Any:
        """Print the names of every role that the element lists."""
        item.step()
        item.called += 1
        return super().render(item, **options)

    def process(self, item: Entry, context: Any = None, **options: Any) -> Any:
        """Return the names, or what stands in for them.

        Raises:
            VariableError: if there is neither.
        """
        roles = list(self._roles(item))
        item.printed += [role for role, _term in roles]
        if roles:
            texts = [self._role(item, role, term, context) for role, term in roles]
            return self.join(texts, self.get_parent_delimiter(context))
        substitute = self.substitute()
        text = None if substitute is None else substitute.render(item, context=context, **options)
        if text is None:
            raise VariableError
        return text

    def _roles(self, item: Entry) -> Iterator[tuple[str, str]]:
        """Yield the roles to be printed, with the term that labels each."""
        known = [role for role in self.get("variable", "").split() if role in item.reference]
        roles = [role for role in known if role not in item.suppressed]
        same = sorted(roles) == sorted(_BOTH) and item[_BOTH[0]] == item[_BOTH[1]]
        if same and self.get_term("editortranslator") is not None:
            item.printed.append(_BOTH[1])
            yield _BOTH[0], "editortranslator"
        else:
            yield from ((role, role) for role in roles)

    def _role(self, item: Entry, role: str, term: str, context: Any) -> Any:
        """Return the people of one role with their label."""
        text = self.name.render(item, role, context=context)
        label = self.label
        if label is None or not text:
            return text
        words = label.render(item, term, len(item[role]) > 1) or ""
        is_first = self.index(label) < self.index(self.name)
        return words + text if is_first else text + words


class Name(Element, model.Name):
    """Options are inherited as CSL says; the owner is marked, and a cut list says so."""

    def process(self, item: Entry, variable: str, context: Any = None, **_options: Any) -> Any:
        """Return the people of one role, or their number."""
        people: list[Person] = item.reference[variable]
        form = self._name_form(context)
        if form.form == "count":
            return len(form.shown(people)[0])
        shown, _is_cut = form.shown(people)
        last = form.last(people)
        shown = shown if last is None else [*shown, last]
        item.shown += shown
        item.hidden += [person for person in people if person not in shown]
        return form.listed(people)

    def _name_form(self, context: Any) -> NameForm:
        def option(name: str, default: str) -> str:
            return self._inherited(name, context) or default

        return NameForm(
            form=option("form", "long"),
            delimiter=self._given_or("delimiter", ", ", context),
            and_term=self._and_term(option("and", "")),
            et_al=str(self.et_al() or ""),
            et_al_min=int(option("et-al-min", "0")),
            et_al_use_first=int(option("et-al-use-first", "1")),
            et_al_use_last=option("et-al-use-last", "false") == "true",
            delimiter_precedes_et_al=option("delimiter-precedes-et-al", "contextual"),
            delimiter_precedes_last=option("delimiter-precedes-last", "contextual"),
            initialize=option("initialize", "true") == "true",
            initialize_with=self._inherited("initialize-with", context),
            initialize_with_hyphen=option("initialize-with-hyphen", "true") == "true",
            name_as_sort_order=self._inherited("name-as-sort-order", context),
            sort_separator=self._given_or("sort-separator", ", ", context),
            demote=option("demote-non-dropping-particle", "display-and-sort"),
            given_part=self._part("given"),
            family_part=self._part("family"),
        )

    def _given_or(self, name: str, default: str, context: Any) -> str:
        """Return an option that may be empty."""
        value = self._inherited(name, context)
        return default if value is None else value

    def _inherited(self, name: str, context: Any) -> str | None:
        """Return an option of this element, else of the bibliography, else of the style."""
        above = self if context is None else context
        shared = _SHARED.get(name, name)
        places = [(self, name), *((up, shared) for up in _bibliographies(above))]
        values = (place.get(key) for place, key in [*places, (self.get_root(), shared)])
        return next((value for value in values if value is not None), None)

    def _and_term(self, option: str) -> str | None:
        if option == "text":
            return str(self.get_single_term(name="and"))
        return "&" if option == "symbol" else None

    def _part(self, name: str) -> Callable[[str], str]:
        """Return what the style does with the given names, or with the family names."""
        for part in self.iterchildren("{*}name-part"):
            if part.get("name") == name:
                return lambda text: str(part.wrap(part.format(part.case(text)))) if text else ""
        return lambda text: text


def _bibliographies(element: Any) -> Iterator[Any]:
    return iter(element.iterancestors("{*}bibliography"))
