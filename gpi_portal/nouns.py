"""The nouns of the portal: what is published under a public code; and what its apps declare for the toolkit."""

import functools
from typing import Any

from django.apps import apps


@functools.cache
def nouns() -> dict[str, Any]:
    """Every noun and its model, a `Publishable`, in the order in which they are published."""
    models = [model for model in apps.get_models() if hasattr(model, "publication_rank")]
    return {model.noun: model for model in sorted(models, key=lambda model: model.publication_rank)}


def given(name: str) -> list[Any]:
    """What the apps, each in its `AppConfig`, declare under a name, in the order of the apps."""
    return [each for config in apps.get_app_configs() for each in getattr(config, name, ())]
