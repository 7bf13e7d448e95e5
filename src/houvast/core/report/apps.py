from houvast.core.registry import ModuleConfig


class ReportConfig(ModuleConfig):
    name = "houvast.core.report"
    label = "report"
