from houvast.core.registry import ModuleConfig


class JobsConfig(ModuleConfig):
    name = "houvast.core.jobs"
    label = "jobs"
