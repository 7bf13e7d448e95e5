from houvast.core import registry


class SecurityConfig(registry.ModuleConfig):
    name = "houvast.modules.security"
    label = "security"
