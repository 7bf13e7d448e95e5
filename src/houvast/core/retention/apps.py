from houvast.core.registry import ModuleConfig


class RetentionConfig(ModuleConfig):
    name = "houvast.core.retention"
    label = "retention"
