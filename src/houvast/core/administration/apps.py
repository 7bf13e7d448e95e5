from houvast.core.registry import ModuleConfig


class AdministrationConfig(ModuleConfig):
    name = "houvast.core.administration"
    label = "administration"
