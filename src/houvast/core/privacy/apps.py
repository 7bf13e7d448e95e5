from houvast.core.registry import ModuleConfig


class PrivacyConfig(ModuleConfig):
    name = "houvast.core.privacy"
    label = "privacy"
