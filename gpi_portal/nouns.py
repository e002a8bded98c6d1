"""The nouns of the portal: what is published under a public code."""

import functools
from typing import Any

from django.apps import apps


@functools.cache
def nouns() -> dict[str, Any]:
    """Every noun and its model, a `Publishable`, in the order in which they are published."""
    models: list[Any] = [model for model in apps.get_models() if hasattr(model, "publication_rank")]
    return {model.noun: model for model in sorted(models, key=lambda model: model.publication_rank)}
