from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "houvast.core.people"
    label = "people"
