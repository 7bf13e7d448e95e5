"""The flow of an import: upload, look, confirm once; and what a register looks like as a workbook."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.files import storage
from houvast.core.orgs.scope import reading
from houvast.core.orgs.tests.test_scope import add_unit
from houvast.core.viewlog.models import ViewEntry
from houvast.core.viewlog.rules import Manner
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.opening import OLE
from houvast.core.workbooks.rules.plans import Tally
from houvast.core.workbooks.tests.books import again
from houvast.core.workbooks.writing import LAST_LINE
from houvast.modules.security import actions, factories, imports
from houvast.modules.security.models import Incident

URL = "/diemen/beveiliging/incidenten/werkmap/"
NOTICED = datetime(2019, 3, 12, 9, 30)  # noqa: DTZ001  a cell has no time zone
OLD = [None, date(2019, 3, 12), NOTICED, None, "Verkeerd verstuurd", "Een brief", "Nee", "Laag", "", "", None]


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


@pytest.fixture
def ciso(client, team):
    client.force_login(people.Account.objects.get(pk=team.ciso.account_id))
    return client


def template(client):
    return again(client.get(f"{URL}sjabloon.xlsx").content)


def upload(client, made, url=URL):
    file = BytesIO()
    made.save(file)
    file.seek(0)
    file.name = "incidenten <oud>.xlsx"
    return client.post(url, {"workbook": file})


def filled(client, *rows):
    made = template(client)
    for row in rows:
        made["Incidenten"].append(row)
    return made


def stored(here):
    folder = storage.folder(here.uid)
    return sorted(folder.iterdir()) if folder.exists() else []


def count(here, model=Incident):
    with reading(here.pk):
        return model.objects.count()


def test_the_template_offers_choices_notations_and_an_explanation(ciso):
    made = template(ciso)
    assert made.sheetnames == ["Incidenten", "Uitleg", "Keuzelijsten"]
    page = made["Incidenten"]
    assert page.freeze_panes == "A2"
    assert [cell.value for cell in page[1]] == [column.header for column in imports.INCIDENT_SHEET.columns]
    lists = {
        str(found.sqref): found.formula1 for found in page.data_validations.dataValidation if found.formula1
    }
    assert lists[f"E2:E{LAST_LINE}"] == "'Keuzelijsten'!$A$2:$A$11"
    assert [cell.value for cell in made["Keuzelijsten"]["A"]][:3] == [
        "Soort",
        "Verkeerd verstuurd",
        "Iets kwijt of gestolen",
    ]
    assert page.column_dimensions["B"].number_format == "DD-MM-YYYY"
    assert [cell.value for cell in made["Uitleg"][4]][:4] == [
        "Incidenten",
        "Opgemerkt op",
        "ja",
        "datum en tijd",
    ]


def test_an_upload_is_shown_first_and_recorded_as_a_whole_once(ciso, diemen, team):
    answer = upload(ciso, filled(ciso, OLD, [*OLD[:5], "Een tweede", *OLD[6:10], date(2019, 4, 1)]))
    assert answer.status_code == 200
    assert (answer.context["plan"].tally.made, count(diemen)) == (2, 0)
    assert len(stored(diemen)) == 1
    sealed = {"sealed": answer.context["sealed"]}
    done = ciso.post(f"{URL}vastleggen/", sealed)
    assert (done.status_code, done.headers["Location"]) == (302, "/diemen/beveiliging/incidenten/")
    assert stored(diemen) == []
    with reading(diemen.pk):
        rows = list(
            Incident.objects.order_by("pk").values_list("reference", "registered_on", "status", "reporter")
        )
        assert rows == [
            ("VI-2019-001", date(2019, 3, 12), "reported", None),
            ("VI-2019-002", date(2019, 3, 12), "closed", None),
        ]
        assert Incident.objects.first().discovered_at == datetime(2019, 3, 12, 8, 30, tzinfo=UTC)
        entries = AuditEntry.objects.filter(action="security.import_incidents")
        assert entries.count() == 4
        assert entries.last().changes["file_name"] == "gewijzigd"
        done = WorkbookImport.objects.get()
        assert (done.made, done.changed, done.left, done.workbook) == (2, 0, 0, "security.incidents")
    again_sent = ciso.post(f"{URL}vastleggen/", sealed)
    assert again_sent.status_code == 422
    assert (count(diemen), count(diemen, WorkbookImport)) == (2, 1)


def test_two_that_are_sent_at_once_make_one(ciso, diemen, team, monkeypatch):
    answer = upload(ciso, filled(ciso, OLD))
    sealed = {"sealed": answer.context["sealed"]}
    ciso.post(f"{URL}vastleggen/", sealed)
    (sent,) = [done.sent_key for done in _imports(diemen)]
    from houvast.core.orgs.once import AlreadyDone
    from houvast.core.workbooks.rules.plans import Sent, Tally

    with pytest.raises(AlreadyDone):
        actions.import_incidents(
            team.ciso,
            rows=(),
            sent=Sent(sent, datetime(2021, 1, 1, tzinfo=UTC), "security.incidents", "x", "y", Tally()),
        )
    assert count(diemen, WorkbookImport) == 1


def _imports(here):
    with reading(here.pk):
        return list(WorkbookImport.objects.all())


def test_faults_record_nothing_and_come_back_in_the_workbook(ciso, diemen):
    answer = upload(ciso, filled(ciso, OLD, [*OLD[:4], "Verkeert verstuurd", *OLD[5:]]))
    assert answer.status_code == 422
    text = "“Verkeert verstuurd” is niet bekend."
    (fault,) = answer.context["plan"].faults
    assert fault.place == "Incidenten!E3"
    assert fault.text.startswith(text)
    assert fault.text.endswith("Bedoelt u ‘Verkeerd verstuurd’?")
    back = ciso.post(f"{URL}fouten.xlsx", {"sealed": answer.context["sealed"]})
    assert back.headers["Content-Disposition"] == 'attachment; filename="incidenten _oud_-fouten.xlsx"'
    assert again(back.content)["Incidenten"]["E3"].comment.text.startswith(text)
    refused = ciso.post(f"{URL}vastleggen/", {"sealed": answer.context["sealed"]})
    assert refused.status_code == 422
    assert count(diemen) == 0


def test_what_was_written_out_comes_back_as_left_changed_and_new(ciso, diemen, team):
    first, second = factories.incident(team), factories.incident(team, description="Iets anders")
    made = again(ciso.get(f"{URL}uitvoer/").content)
    page = made["Incidenten"]
    assert [row[0].value for row in page.iter_rows(min_row=2)] == [first.reference, second.reference]
    page["H3"] = "Hoog"
    page.append(OLD)
    answer = upload(ciso, made)
    assert answer.status_code == 200
    tally = answer.context["plan"].tally
    assert (tally.made, tally.changed, tally.left) == (1, 1, 1)
    (sheet,) = answer.context["sheets"]
    assert [line.label for line in sheet.lines] == ["Wijzigt", "Nieuw"]
    assert (sheet.lines[0].cells[7].text, sheet.lines[0].cells[7].was) == ("Hoog", "Laag")
    ciso.post(f"{URL}vastleggen/", {"sealed": answer.context["sealed"]})
    with reading(diemen.pk):
        changed = Incident.objects.get(pk=second.pk)
        assert (changed.severity, changed.version, changed.discovered_at) == ("high", 2, second.discovered_at)
        assert Incident.objects.get(pk=first.pk).version == 1
        assert Incident.objects.count() == 3


def test_what_somebody_changed_meanwhile_is_looked_at_again(ciso, diemen, team):
    row = factories.incident(team)
    made = again(ciso.get(f"{URL}uitvoer/").content)
    made["Incidenten"]["H2"] = "Hoog"
    answer = upload(ciso, made)
    facts = imports.IncidentFacts(**{**vars(imports.queries.incident_facts(row)), "measure": "Gebeld"})
    actions.change_incident(
        team.ciso, incident_id=row.pk, expected_version=1, at=factories.AWARE, facts=facts
    )
    refused = ciso.post(f"{URL}vastleggen/", {"sealed": answer.context["sealed"]})
    assert refused.status_code == 422
    assert "Het register is intussen veranderd." in refused.content.decode()
    with reading(diemen.pk):
        assert Incident.objects.get(pk=row.pk).severity == "low"
    again_seen = ciso.post(f"{URL}vastleggen/", {"sealed": refused.context["sealed"]})
    assert again_seen.status_code == 302


def test_a_confirmation_of_elsewhere_of_somebody_else_or_altered_is_refused(
    ciso, client, diemen, uithoorn, team
):
    sealed = upload(ciso, filled(ciso, OLD)).context["sealed"]
    other = people.actor(diemen, "ciso", name="Tweede CISO")
    client.force_login(people.Account.objects.get(pk=other.account_id))
    for url in (URL, "/diemen/beveiliging/datalekken/werkmap/"):
        answer = client.post(f"{url}vastleggen/", {"sealed": sealed})
        assert answer.status_code == 422
        assert "door iemand anders ingelezen" in answer.content.decode()
    for text in ("", "zelf gemaakt", sealed[:-1]):
        answer = client.post(f"{URL}vastleggen/", {"sealed": text})
        assert answer.status_code == 422
        assert "niet meer geldig" in answer.content.decode()
    assert count(diemen) == 0


def test_a_file_that_is_gone_after_a_day_is_asked_again(ciso, diemen):
    answer = upload(ciso, filled(ciso, OLD))
    for path in stored(diemen):
        path.unlink()
    refused = ciso.post(f"{URL}vastleggen/", {"sealed": answer.context["sealed"]})
    assert refused.status_code == 422
    assert "Lees de werkmap opnieuw in." in refused.content.decode()


def test_a_file_that_is_refused_leaves_nothing_behind(ciso, diemen):
    for content in (b"geen werkmap", b"PK\x03\x04rest"):
        file = BytesIO(content)
        file.name = "x.xlsx"
        answer = ciso.post(URL, {"workbook": file})
        assert answer.status_code == 422
        assert "Dit is geen Excel-bestand" in answer.content.decode()
    assert stored(diemen) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "met een wachtwoord beveiligd"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "een oude Excel (.xls)"),
        ("\ufeffKenmerk;Soort\r\n1;2\r\n".encode(), "een tekstbestand (CSV)"),
        (b"%PDF-1.7\n\0", "Dit is geen Excel-bestand"),
    ],
)
def test_what_is_another_kind_of_file_is_told_by_its_kind(ciso, diemen, content, told):
    file = BytesIO(content)
    file.name = "oud.xlsx"
    answer = ciso.post(URL, {"workbook": file})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert stored(diemen) == []


def test_who_sees_the_records_of_one_unit_writes_out_no_others(client, diemen, team):
    unit = add_unit(system_actor(diemen), code="mine")
    factories.incident(team, description="Van een ander")
    own = actions.report_incident(team.employee, at=factories.AWARE, facts=factories.INCIDENT, unit=unit)
    viewer = people.actor(diemen, "ciso", name="CISO van één team", unit=unit)
    client.force_login(people.Account.objects.get(pk=viewer.account_id))
    for query in ("", "?formaat=csv"):
        content = client.get(f"{URL}uitvoer/{query}").content
        told = content.decode("utf-8-sig") if query else str(list(again(content)["Incidenten"].values))
        assert own.reference in told
        assert "Van een ander" not in told


def test_who_writes_out_sensitive_records_is_noted_at_each(ciso, diemen, team):
    rows = [factories.incident(team, description=f"Nummer {number}") for number in range(2)]
    ciso.get(f"{URL}uitvoer/?jaar=2020")
    ciso.get(f"{URL}uitvoer/")
    with reading(diemen.pk):
        seen = ViewEntry.objects.filter(manner=Manner.EXPORT).values_list("subject_uid", "account_id")
        assert set(seen) == {(row.uid, team.ciso.account_id) for row in rows}
        assert len(seen) == 2


def test_the_export_filters_as_the_list_does(ciso, team):
    factories.incident(team)
    assert list(again(ciso.get(f"{URL}uitvoer/?jaar=2021").content)["Incidenten"].iter_rows(min_row=2)) != []
    assert list(again(ciso.get(f"{URL}uitvoer/?jaar=2020").content)["Incidenten"].iter_rows(min_row=2)) == []
    page = ciso.get("/diemen/beveiliging/incidenten/?jaar=2021").content.decode()
    assert f'href="{URL}?jaar=2021"' in page
    assert f'href="{URL}uitvoer/?jaar=2021"' in ciso.get(f"{URL}?jaar=2021").content.decode()


RISKY = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '"=1',
    " =1",
    "＝1",
    "'=1",
    "\u2212x",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", RISKY)
def test_no_text_of_a_register_becomes_a_formula_in_either_file(ciso, diemen, team, text):
    factories.incident(team, description=f"{text}", measure="-12,50")
    made = again(ciso.get(f"{URL}uitvoer/").content)
    cell = made["Incidenten"]["F2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    told = ciso.get(f"{URL}uitvoer/?formaat=csv").content
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(told.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1][5].startswith("'")
    assert rows[1][8] == "-12,50"
    assert rows[1][1] == "01-03-2021"


KEPT = [
    "'s-Hertogenbosch",
    "''t Groentje",
    "'",
    "eerste\r\ntweede\r\n",
    " rand\t",
    "cafe\u0301",
    "af\u200bbreken",
    "_x000D_",
    "0012",
    "1e5",
    "WAAR",
    "x" * 20_000,
]


def test_every_text_that_is_written_out_comes_back_as_it_was(ciso, diemen, team):
    for text in (*RISKY, *KEPT):
        factories.incident(team, description=text, measure=text)
    file = BytesIO(ciso.get(f"{URL}uitvoer/").content)
    file.name = "uitvoer.xlsx"
    answer = ciso.post(URL, {"workbook": file})
    assert answer.context["plan"].faults == ()
    assert [was for was in answer.context["plan"].was.values() if was] == []
    assert answer.context["plan"].tally == Tally(left=len(RISKY) + len(KEPT))
    assert "Er is niets vast te leggen." in answer.content.decode()


def test_the_page_and_an_upload_ask_as_much_for_many_rows_as_for_one(ciso, diemen, team):
    asked = {}
    for number in (1, 4):
        factories.incident(team, description=f"Nummer {number}")
        made = filled(ciso, *([*OLD[:5], f"Oud {n}", *OLD[6:]] for n in range(number)))
        with CaptureQueriesContext(connection) as found:
            assert upload(ciso, made).status_code == 200
        asked[number] = len(found)
        ciso.get(f"{URL}uitvoer/")
    assert asked[1] == asked[4]
    assert settings.MEDIA_ROOT


def test_who_may_read_only_gets_the_workbook_and_no_import(client, team):
    client.force_login(people.Account.objects.get(pk=team.director.account_id))
    assert client.get(URL).status_code == 403
    assert client.post(URL).status_code == 403
    assert client.get(f"{URL}uitvoer/").status_code == 200
    page = client.get("/diemen/beveiliging/incidenten/").content.decode()
    assert f'href="{URL}uitvoer/"' in page
    client.force_login(people.Account.objects.get(pk=team.employee.account_id))
    assert client.get(f"{URL}uitvoer/").status_code == 403
