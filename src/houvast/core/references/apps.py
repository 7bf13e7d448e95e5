from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "houvast.core.references"
    label = "references"
