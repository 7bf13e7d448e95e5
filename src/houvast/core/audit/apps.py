from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "houvast.core.audit"
    label = "audit"
