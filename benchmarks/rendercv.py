"""The same content as RenderCV wants it: the same sections, entries and texts in its own YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.content import Content


def write(content: Content, folder: Path, name: str) -> Path:
    """Write a file for RenderCV, and return where it is."""
    person = content.profile["person"]
    works = {work["key"]: work for work in content.works}
    sections = {
        section["title"]: _entries(section, works) for section in content.profile["sections"]
    }
    design = {"theme": "classic", "page": {"size": "a4"}}
    path = folder / f"{name}.yaml"
    document = {"cv": {**person, "sections": sections}, "design": design}
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return path


def _entries(section: dict[str, Any], works: dict[str, dict[str, Any]]) -> list[Any]:
    entries: list[Any] = section.get("entries", [])
    match section["kind"]:
        case "text":
            return list(section["paragraphs"])
        case "bullets":
            return [{"bullet": text} for text in section["bullets"]]
        case "timeline":
            return [_job(entry) for entry in entries]
        case "labelled":
            return [{"label": entry["label"], "details": entry["text"]} for entry in entries]
        case "one-liners":
            return [{"name": entry["text"], "date": entry["date"]} for entry in entries]
        case _:
            return [_work(works[key]) for key in entries]


def _job(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "company": entry["organization"],
        "position": entry["title"],
        "location": entry["location"],
        "start_date": entry["start"],
        "end_date": entry["end"],
        "highlights": entry["bullets"],
    }


def _work(work: dict[str, Any]) -> dict[str, Any]:
    kept = {name: work[name] for name in ("title", "authors", "journal", "doi")}
    return kept | {"date": work["year"]}
