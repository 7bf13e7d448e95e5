from houvast.core.registry import ModuleConfig


class CommitmentsConfig(ModuleConfig):
    name = "houvast.core.commitments"
    label = "commitments"
