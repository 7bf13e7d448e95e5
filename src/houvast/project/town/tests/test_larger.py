"""A town that is made larger in bulk holds together as the small one does; and the command that makes either."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from houvast.core.access.actor import system_actor
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report.adoption.queries import obstacles
from houvast.core.report.queries import chapter
from houvast.core.search.models import SearchEntry
from houvast.project.town.load import load
from houvast.project.town.plan import Size


def test_rows_in_bulk_are_in_the_trail_and_leave_the_chapters_as_they_should_be(db):
    size = Size(employees=1, first=2021, years=2, seed=5)
    here = load(size, rows=400)
    with reading(here.pk):
        assert list(verify(here)) == []
        entries = AuditEntry.objects.filter(changes={}, account_id=None)
        assert entries.count() == entries.values("subject_uid").distinct().count()
        counted = entries.order_by().values_list("action", "table").annotate(number=Count("pk"))
        numbers = {(action, table): number for action, table, number in counted}
        found = SearchEntry.objects.filter(table="people.person").count()
        assert found == Person.objects.count()
        assert [str(one.sentence) for one in obstacles(system_actor(here), 2022)] == [
            "Het voornemen ‘Duidelijker uitleg over klagen (2022)’ uit 2021 is nog niet beantwoord.",
        ]
        assert chapter(here, 2022).problems == ()
    assert numbers == {
        ("structure.load", "orgs.unit"): 5,
        ("structure.load", "orgs.unitperiod"): 5,
        ("structure.load", "orgs.post"): 45,
        ("structure.load", "orgs.postperiod"): 45,
        ("structure.load", "people.person"): 45,
        ("structure.load", "people.appointment"): 45,
        ("security.report_incident", "security.incident"): 80,
        ("security.report_breach", "security.breach"): 96,
        ("security.advise", "security.breachadvice"): 16,
        ("security.decide", "security.breachdecision"): 16,
        ("security.notify", "security.notification"): 16,
        ("report.enter_fact", "report.sourcedfact"): 4,
    }


def test_it_is_loaded_in_a_demo_and_once(db, settings):
    settings.DEMO = settings.KNOWN_KEY = False
    with pytest.raises(CommandError, match="demo alone"):
        call_command("load_town", employees=1, years=1)
    settings.DEMO = True
    with pytest.raises(CommandError, match="at least one employee"):
        call_command("load_town", employees=0)
    with pytest.raises(CommandError, match="number of rows"):
        call_command("load_town", rows=-1)
    call_command("load_town", employees=1, years=1)
    assert Organisation.objects.get(slug="voorbeeldstad").is_example
    with pytest.raises(CommandError, match="already"):
        call_command("load_town")
