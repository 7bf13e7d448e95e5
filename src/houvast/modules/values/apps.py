from houvast.core.registry import ModuleConfig


class ValuesConfig(ModuleConfig):
    name = "houvast.modules.values"
    label = "values"
