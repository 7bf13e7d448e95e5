from houvast.core.registry import ModuleConfig


class TrajectoryConfig(ModuleConfig):
    name = "houvast.modules.trajectory"
    label = "trajectory"
