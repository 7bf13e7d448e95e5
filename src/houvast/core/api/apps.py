from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "houvast.core.api"
    label = "api"
