from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "houvast.core.access"
    label = "access"
