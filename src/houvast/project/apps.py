from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "houvast.project"
    label = "project"
