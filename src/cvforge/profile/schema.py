"""The JSON Schema of a profile, for editors: what YAML reads as a number is text to us as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from cvforge.profile.model import Profile

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that a profile keeps to."""
    schema = Profile.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    return {"$schema": DIALECT, **schema, "title": "cvforge profile"}


class _ForEditors(GenerateJsonSchema):
    """Sees a profile as an editor does: through YAML's own types."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  Pydantic's signature
        """Leave out titles made from names: the names say it already."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Let numbers stand where a text is expected: 2024 is a key, 1 a tag."""
        return super().str_schema(schema) | {"type": ["string", "number"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Close mappings whose keys are names: a key that is no name is refused."""
        made = super().dict_schema(schema)
        return made | {"additionalProperties": False} if "patternProperties" in made else made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave null out: a key without a value is refused."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the defaults that only say "nothing is written"."""
        made = super().default_schema(schema)
        if isinstance(made.get("default"), str | int):
            return made
        return {key: value for key, value in made.items() if key != "default"}
