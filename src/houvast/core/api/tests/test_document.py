"""What could go wrong in the document unnoticed."""

from enum import StrEnum

import pytest
from ninja import NinjaAPI, Router, Schema

from houvast.core.api.document import TwoShapesError, document


def test_two_shapes_of_one_name_are_refused():
    class Kind(StrEnum):
        A = "a"

    class First(Schema):
        kind: Kind

    router = Router()

    @router.get("/first", response=First, operation_id="first")
    def first(request):
        return None

    other = StrEnum("Kind", ["B"])

    class Second(Schema):
        kind: other

    @router.get("/second", response=Second, operation_id="second")
    def second(request):
        return None

    made = NinjaAPI(openapi_url=None, urls_namespace="twice")
    made.add_router("", router)
    with pytest.raises(TwoShapesError, match="Kind"):
        document(made)
