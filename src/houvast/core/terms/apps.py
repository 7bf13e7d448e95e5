from houvast.core.registry import ModuleConfig


class TermsConfig(ModuleConfig):
    name = "houvast.core.terms"
    label = "terms"
