from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "houvast.core.events"
    label = "events"
