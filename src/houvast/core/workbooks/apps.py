from houvast.core.registry import ModuleConfig


class WorkbooksConfig(ModuleConfig):
    name = "houvast.core.workbooks"
    label = "workbooks"
