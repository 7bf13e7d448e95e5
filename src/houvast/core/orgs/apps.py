from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "houvast.core.orgs"
    label = "orgs"
