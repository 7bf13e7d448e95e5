from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "houvast.core.documents"
    label = "documents"
    verbose_name = "documenten"
