from houvast.core.registry import ModuleConfig


class StructureConfig(ModuleConfig):
    name = "houvast.modules.structure"
    label = "structure"
