from houvast.core.registry import ModuleConfig


class FilesConfig(ModuleConfig):
    name = "houvast.core.files"
    label = "files"
