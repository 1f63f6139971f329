"""``cvforge templates``: which templates there are."""

from cvforge.cli.common import reporting
from cvforge.cli.options import Json


def templates(*, json: Json = False) -> None:
    """List the templates, each with its papers and densities.

    Example: cvforge templates
    """
    from cvforge.templates.registry import (  # noqa: PLC0415  --help does not pay for it
        TEMPLATES,
        find_template,
        read_template,
    )

    with reporting(json=json) as console:
        described = []
        for name in TEMPLATES:
            about = read_template(find_template(name)).description
            console.built(f"{name}: {about.text}")
            console.built(f"  paper: {', '.join(about.papers)}")
            console.built(f"  density: {', '.join(about.densities)}")
            described.append(
                {
                    "name": name,
                    "description": about.text,
                    "papers": list(about.papers),
                    "densities": list(about.densities),
                }
            )
        console.document({"templates": described})
