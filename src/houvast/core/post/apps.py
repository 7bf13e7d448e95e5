from houvast.core.registry import ModuleConfig


class PostConfig(ModuleConfig):
    name = "houvast.core.post"
    label = "post"
