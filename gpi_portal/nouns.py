"""The nouns of the portal: what is published under a public code; and what its apps declare for the toolkit."""

import functools
from typing import Any

from django.apps import apps


@functools.cache
def nouns() -> dict[str, Any]:
    """Every noun and its model, a `Publishable`, in the order in which they are published."""
    models: list[Any] = [model for model in apps.get_models() if hasattr(model, "publication_rank")]
    return {model.noun: model for model in sorted(models, key=lambda model: model.publication_rank)}


def given(name: str) -> list[Any]:
    """What the apps, each in its `AppConfig`, declare under a name, in the order of the apps."""
    return [item for config in apps.get_app_configs() for item in getattr(config, name, ())]


def home_url() -> str:
    """The name of the site's first page, which one of the apps gives."""
    return str(next(config.home_url for config in apps.get_app_configs() if hasattr(config, "home_url")))


@functools.cache
def gaps() -> dict[str, Any]:
    """What stands for a text that its source gives in the other language only, by the origin of the record."""
    return {origin: words for model in nouns().values() for origin, words in model.gaps.items()}


@functools.cache
def reserved_codes() -> frozenset[str]:
    """The words that have a meaning of their own where the code of a record stands in an address of the apps."""
    return frozenset(code for model in nouns().values() for code in model.reserved_codes)
