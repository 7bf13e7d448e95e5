from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "houvast.core.search"
    label = "search"
