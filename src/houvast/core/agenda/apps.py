from houvast.core.registry import ModuleConfig


class AgendaConfig(ModuleConfig):
    name = "houvast.core.agenda"
    label = "agenda"
