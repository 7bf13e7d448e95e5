from houvast.core.registry import ModuleConfig


class NoticesConfig(ModuleConfig):
    name = "houvast.core.notices"
    label = "notices"
