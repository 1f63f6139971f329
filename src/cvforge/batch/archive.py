"""The records beside the PDFs of one folder: what need not be built, and what was."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cvforge.frozen import dataclass
from cvforge.record import (
    Record,
    as_finding,
    as_row,
    content_sum,
    program_key,
    read_record,
    record_key,
    write_record,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cvforge.batch.job import Made, Options, Planned
    from cvforge.diagnostics import Diagnostic

FOLDER = ".cvforge"


@dataclass(frozen=True, slots=True)
class Known:
    """A PDF that is as a build would make it, and what that build said."""

    fields: Mapping[str, Any]
    warnings: tuple[Diagnostic, ...]


class Archive:
    """The records of one output folder for one set of options.

    ``builder`` says who builds: what differs in it is built again.
    """

    def __init__(
        self,
        folder: Path,
        options: Options,
        *,
        environment: Mapping[str, str],
        builder: str | None = None,
    ) -> None:
        self._folder = folder
        self._path = environment.get("PATH")
        paths = {"overlay": options.overlay, "template_folder": options.template_folder}
        names = {what: None if path is None else path.as_posix() for what, path in paths.items()}
        asked = asdict(options) | names | {"kept_in": None}
        self._asked = record_key(asked, builder, program_key(environment))

    def output(self, profile: Path, variant: str) -> Path:
        """Return where the PDF of a variant belongs."""
        return self._folder / f"{profile.stem}-{variant}.pdf"

    def variants(self, profile: Path) -> tuple[str, ...] | None:
        """Return the variants of a profile without reading it, None when it has to be read."""
        known = read_record(self._variants_record(profile))
        if known is None or known.key != self._key(profile) or not known.inputs.hold():
            return None
        return tuple(known.content["variants"])

    def known(self, profile: Path, variant: str) -> Known | None:
        """Return what is known of a PDF that is up to date, None when it has to be built."""
        known = read_record(self._record(profile, variant))
        if (
            known is None
            or known.key != self._key(profile, variant)
            or known.output is None
            or known.output != content_sum(self.output(profile, variant))
            or not known.inputs.hold(path=self._path)
        ):
            return None
        return Known(known.content["fields"], tuple(map(as_finding, known.content["warnings"])))

    def keep_variants(self, profile: Path, planned: Planned) -> None:
        """Remember which variants a profile has."""
        content = {"variants": planned.variants}
        record = Record(self._key(profile), planned.inputs, content)
        write_record(self._variants_record(profile), record)

    def keep(self, profile: Path, made: Made) -> None:
        """Remember what a PDF was made from, which has just been written."""
        content = {"fields": made.fields, "warnings": [as_row(w) for w in made.warnings]}
        key = self._key(profile, made.variant)
        record = Record(key, made.inputs, content, sha256(made.pdf).hexdigest())
        write_record(self._record(profile, made.variant), record)

    def _key(self, profile: Path, variant: str | None = None) -> str:
        return record_key(self._asked, profile.as_posix(), variant)

    def _record(self, profile: Path, variant: str) -> Path:
        return self._folder / FOLDER / f"{profile.stem}-{variant}.json"

    def _variants_record(self, profile: Path) -> Path:
        return self._folder / FOLDER / f"{profile.stem}.variants.json"
