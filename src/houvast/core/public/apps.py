from houvast.core.registry import ModuleConfig


class PublicConfig(ModuleConfig):
    name = "houvast.core.public"
    label = "public"
