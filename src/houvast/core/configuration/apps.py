from houvast.core.registry import ModuleConfig


class ConfigurationConfig(ModuleConfig):
    name = "houvast.core.configuration"
    label = "configuration"
