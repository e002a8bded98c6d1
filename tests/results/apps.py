from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "tests.results"
    pages = ("tests.results.urls",)
