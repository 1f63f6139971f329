"""The JSON Schema: complete, committed, and true of the profiles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from cvforge.profile.model import Profile
from cvforge.profile.schema import profile_schema

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "profile.schema.json"
PROFILES = sorted(
    path
    for folder in ("profiles", "examples", "src/cvforge/cli")
    for path in (ROOT / folder).rglob("*.yaml")
    if "sections:" in path.read_text()
)


class _AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2's core types: no dates, and only true and false are booleans."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_AsEditorsRead.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf")
)


def read(text: str) -> Any:
    return yaml.load(text, Loader=_AsEditorsRead)  # noqa: S506  it is a SafeLoader


def errors(profile: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(profile_schema())
    return [error.message for error in validator.iter_errors(profile)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(profile_schema())
    assert profile_schema()["title"] == "cvforge profile"


def test_the_committed_schema_is_that_of_the_models() -> None:
    assert json.loads(COMMITTED.read_text()) == profile_schema(), (
        "run: cvforge schema --output docs/profile.schema.json"
    )


def test_every_field_of_every_model_is_described_with_an_example() -> None:
    schema = profile_schema()
    models = {"Profile": schema, **schema["$defs"]}
    fields = {
        f"{model}.{name}": field
        for model, definition in models.items()
        for name, field in definition.get("properties", {}).items()
    }
    assert len(fields) > 100
    for name, field in fields.items():
        assert field.get("description"), name
        assert field.get("examples"), name


def test_every_example_of_a_field_is_valid() -> None:
    schema = profile_schema()
    for model, definition in {"Profile": schema, **schema["$defs"]}.items():
        for name, field in definition.get("properties", {}).items():
            validator = jsonschema.Draft202012Validator({**field, "$defs": schema["$defs"]})
            for example in field["examples"]:
                assert not list(validator.iter_errors(example)), f"{model}.{name}"


def test_every_key_of_the_models_is_in_the_schema() -> None:
    keys = {field.alias or name for name, field in Profile.model_fields.items()}
    assert set(profile_schema()["properties"]) == keys


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_profiles_keep_to_the_schema(path: Path) -> None:
    assert errors(read(path.read_text())) == []


def test_profiles_are_there() -> None:
    assert {"jin-xu.yaml", "jing-xu.yaml", "starter.yaml"} <= {path.name for path in PROFILES}


def profile(section: str = "kind: bullets\n    bullets: [Type]", more: str = "") -> Any:
    return read(
        f"person: {{name: Ada Quill}}\nsections:\n  - id: a\n    title: A\n    {section}\n{more}"
    )


@pytest.mark.parametrize(
    "value",
    [
        profile("kind: bullets\n    bullets: [2024, 1.5, true, {en: x, zh: 2}, {text: 3}]"),
        profile("kind: one-liners\n    entries: [{text: x, date: 2024}, {text: y, date: 2024.10}]"),
        profile("kind: publications\n    entries: [2024, {key: 7, priority: 80}]"),
        profile(more="variants: {full: {pages: 3, limits: {a: 2}}}"),
        profile(more="bibliography: [a.bib]"),
    ],
)
def test_numbers_stand_where_text_is_expected(value: Any) -> None:
    assert errors(value) == []


@pytest.mark.parametrize(
    "value",
    [
        profile("kind: bullets\n    bullets: []"),
        profile("kind: bulets\n    bullets: [x]"),
        profile("kind: bullets\n    bullets: [x]\n    titel: A"),
        profile("kind: bullets\n    bullets: [x]\n    priority: high"),
        profile("kind: bullets\n    bullets: [x]\n    priority: 101"),
        profile("kind: bullets\n    bullets: [x]\n    keep: maybe"),
        profile("kind: bullets\n    bullets: [x]\n    only: "),
        profile(more="variants: {full: {pages: 0}}"),
        profile(more="variants: {full: {pages: 1.5}}"),
        profile(more="variants: {Full Version: {pages: 1}}"),
        profile(more="design: {paper: a5}"),
        {"sections": []},
    ],
)
def test_what_the_models_refuse_the_schema_refuses(value: Any) -> None:
    assert errors(value) != []
