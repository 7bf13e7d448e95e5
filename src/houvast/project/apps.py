"""Where the whole is put together."""

import gc

from houvast.core.registry import ModuleConfig

# Python looks for cycles among new objects after every 700 of them. A page of rows, and a chapter more so, makes
# many objects that hold none; looking less often saves a tenth of the time of building a large chapter.
NEW_OBJECTS = 10_000


class ProjectConfig(ModuleConfig):
    name = "houvast.project"
    label = "project"

    def ready(self) -> None:
        """Look for cycles of garbage less often; the other two generations keep Python's own pace."""
        super().ready()
        gc.set_threshold(NEW_OBJECTS)
