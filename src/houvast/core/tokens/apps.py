from houvast.core.registry import ModuleConfig


class TokensConfig(ModuleConfig):
    name = "houvast.core.tokens"
    label = "tokens"
