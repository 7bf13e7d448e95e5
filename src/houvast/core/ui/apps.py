"""The design system: page shell, components, forms, tables and charts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags that every screen uses."""

    name = "houvast.core.ui"
    label = "ui"
