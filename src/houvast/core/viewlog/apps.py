from houvast.core.registry import ModuleConfig


class ViewlogConfig(ModuleConfig):
    name = "houvast.core.viewlog"
    label = "viewlog"
