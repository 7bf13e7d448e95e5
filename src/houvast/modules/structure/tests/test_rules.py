"""What holds of any structure, whoever records it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.modules.structure.rules import checks
from houvast.modules.structure.rules.checks import (
    AppointmentSpan,
    FunctionSpan,
    LeaderSpan,
    PostSpan,
    UnitSpan,
    check_appointments,
    check_leaders,
    check_posts,
    check_units,
    leader_spans,
    refuse,
)
from houvast.modules.structure.rules.difference import difference
from houvast.modules.structure.rules.drawing import chart as laid_out
from houvast.modules.structure.rules.drawing import draw
from houvast.modules.structure.rules.organogram import (
    Holder,
    Node,
    PostLine,
    build,
    in_sentence,
    led_since,
    month_of,
)
from houvast.modules.structure.rules.spans import NotPossible, Span, boundaries, check_span, covered, joined
from houvast.modules.structure.rules.wording import gaps_sentence, leaders_sentence

JAN, FEB, MAR, APR = (date(2021, month, 1) for month in (1, 2, 3, 4))
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 3, 1))
lengths = st.one_of(st.none(), st.integers(min_value=1, max_value=40))


@st.composite
def spans(draw_):
    start, length = draw_(days), draw_(lengths)
    return Span(start, None if length is None else start + timedelta(days=length))


@pytest.mark.parametrize(
    ("span", "day", "holds"),
    [
        (Span(JAN, FEB), JAN, True),
        (Span(JAN, FEB), date(2021, 1, 31), True),
        (Span(JAN, FEB), FEB, False),
        (Span(JAN, FEB), date(2020, 12, 31), False),
        (Span(JAN), date(2999, 1, 1), True),
    ],
)
def test_the_end_of_a_span_is_exclusive(span, day, holds):
    assert span.holds(day) is holds


@given(spans(), spans(), days)
def test_two_spans_overlap_where_they_have_a_day_in_common(first, second, day):
    common = first.common(second)
    assert (common is not None) is first.overlaps(second) is second.overlaps(first)
    assert (first.holds(day) and second.holds(day)) is bool(common and common.holds(day))


@given(st.lists(spans(), max_size=6), days)
def test_joining_spans_keeps_exactly_their_days(held, day):
    assert any(s.holds(day) for s in joined(held)) is any(s.holds(day) for s in held)


@given(spans(), st.lists(spans(), max_size=6))
def test_a_covered_span_has_no_day_outside(span, held):
    edges = boundaries([span, *held])
    inside = [day for day in edges if span.holds(day)]
    assert covered(span, held) is (
        all(any(s.holds(day) for s in held) for day in inside)
        and (span.until is not None or any(s.until is None for s in joined(held)[-1:]))
    )


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(NotPossible, match="De einddatum moet na 1 februari 2021 liggen"):
        check_span(FEB, FEB)


def unit(key, parent=None, start=JAN, until=None, name=None):
    return UnitSpan(
        unit=key, name=name or f"Onderdeel {key}", parent=parent, kind="team", span=Span(start, until)
    )


@pytest.mark.parametrize(
    ("units", "text"),
    [
        ([unit(1), unit(1, start=FEB)], "heeft al een periode die op 1 februari 2021 geldt"),
        ([unit(1, parent=1)], "Onderdeel 1 kan niet onder zichzelf vallen"),
        ([unit(1, parent=2), unit(2, parent=1)], "zou op 1 januari 2021 onder zichzelf vallen"),
        (
            [unit(1, parent=2), unit(2, until=FEB)],
            "bestaat niet gedurende de hele periode waarin Onderdeel 1 eronder valt",
        ),
        ([unit(1, parent=2), unit(2, start=FEB)], "bestaat niet gedurende de hele periode"),
        ([unit(1, parent=9)], "Onderdeel erboven bestaat niet"),
        (
            [
                unit(1, parent=2, until=MAR),
                unit(1, start=MAR),
                unit(2, until=FEB),
                unit(2, parent=1, start=FEB),
            ],
            "zou op 1 februari 2021 onder zichzelf vallen",
        ),
    ],
)
def test_units_that_cannot_be_are_told_with_what_to_change(units, text):
    faults = [fault.text for fault in check_units(units)]
    assert faults
    assert any(text in fault for fault in faults), faults


def test_units_that_follow_each_other_are_fine():
    held = [unit(1, until=FEB), unit(1, start=FEB), unit(2, parent=1), unit(3, parent=2, start=MAR)]
    assert list(check_units(held)) == []


def function(key=1, kind="staff", start=JAN, until=None):
    return FunctionSpan(function=key, name="Functie", kind=kind, span=Span(start, until))


def post(key=1, at=1, carries=1, start=JAN, until=None):
    return PostSpan(post=key, name=f"plek-{key}", function=carries, unit=at, span=Span(start, until))


@pytest.mark.parametrize(
    ("posts", "text"),
    [
        ([post(), post(start=FEB)], "Formatieplaats plek-1 heeft al een periode"),
        ([post(start=date(2020, 12, 31))], "Onderdeel Onderdeel 1 bestaat niet gedurende de hele periode"),
        ([post(at=9)], "Onderdeel (onbekend) bestaat niet"),
        ([post(carries=9)], "Functie (onbekend) bestaat niet"),
    ],
)
def test_a_post_lies_within_its_unit_and_its_function(posts, text):
    faults = [fault.text for fault in check_posts(posts, [unit(1)], [function()])]
    assert any(text in fault for fault in faults), faults


def held(post_key=1, person=1, start=JAN, until=None, regular=True):
    return AppointmentSpan(
        post=post_key, person=person, name=f"Persoon {person}", regular=regular, span=Span(start, until)
    )


@pytest.mark.parametrize(
    ("appointments", "text"),
    [
        ([held(), held(person=2, start=FEB)], "is al iemand benoemd op 1 februari 2021"),
        (
            [held(regular=False), held(person=2, start=FEB, regular=False)],
            "neemt al iemand waar op 1 februari 2021",
        ),
        ([held(until=None)], "bestaat niet gedurende de hele benoeming van Persoon 1"),
    ],
)
def test_a_post_has_one_appointed_and_one_acting_person(appointments, text):
    ends = MAR if text.startswith("bestaat") else None
    faults = [fault.text for fault in check_appointments(appointments, [post(until=ends)])]
    assert any(text in fault for fault in faults), faults


def test_one_person_may_hold_two_posts_and_act_on_a_third():
    rows = [held(1), held(2), held(3, regular=False), held(3, person=2)]
    assert list(check_appointments(rows, [post(1), post(2), post(3)])) == []


def test_a_team_has_at_most_one_team_leader_on_a_day():
    rows = [
        LeaderSpan(unit=1, name="a", span=Span(JAN, MAR)),
        LeaderSpan(unit=1, name="b", span=Span(FEB)),
        LeaderSpan(unit=2, name="c", span=Span(JAN)),
    ]
    with pytest.raises(NotPossible, match="Onderdeel 1 heeft op 1 februari 2021 al een teamleider"):
        refuse(check_leaders(rows, [unit(1), unit(2)]))
    assert list(check_leaders(rows[1:], [unit(1)])) == []


def test_a_leader_leads_where_the_post_is_and_while_the_function_leads():
    posts = [post(at=1, until=MAR), post(at=2, start=MAR)]
    functions = [function(until=FEB), function(kind="team_leader", start=FEB)]
    found = [(row.unit, row.span) for row in leader_spans([held()], posts, functions)]
    assert found == [(1, Span(FEB, MAR)), (2, Span(MAR))]


@pytest.mark.parametrize(
    ("teams", "leaders", "day", "since"),
    [
        ({1: [Span(JAN)]}, {1: [Span(FEB)]}, APR, FEB),
        ({1: [Span(JAN)], 2: [Span(JAN)]}, {1: [Span(FEB)], 2: [Span(MAR)]}, APR, MAR),
        ({1: [Span(JAN)]}, {1: [Span(FEB, MAR)]}, APR, None),
        ({1: [Span(JAN)]}, {1: [Span(JAN, FEB), Span(FEB)]}, APR, JAN),
        ({1: [Span(JAN)]}, {1: [Span(JAN, FEB), Span(MAR)]}, APR, MAR),
        ({1: [Span(JAN)], 2: [Span(MAR)]}, {1: [Span(JAN)], 2: [Span(MAR)]}, APR, JAN),
        ({1: [Span(JAN)], 2: [Span(FEB)]}, {1: [Span(JAN)], 2: [Span(MAR)]}, APR, MAR),
        ({1: [Span(JAN)], 2: [Span(JAN, MAR)]}, {1: [Span(JAN)]}, APR, MAR),
        ({1: [Span(MAR)]}, {1: [Span(JAN)]}, APR, MAR),
        ({}, {}, APR, None),
        ({1: [Span(JAN)]}, {1: [Span(FEB)]}, JAN, None),
        ({1: [Span(JAN)]}, {1: [Span(FEB)]}, FEB, FEB),
    ],
)
def test_since_when_every_team_has_been_led(teams, leaders, day, since):
    assert led_since(teams, leaders, day) == since


@given(
    st.dictionaries(st.integers(0, 3), st.lists(spans(), max_size=2), max_size=3),
    st.dictionaries(st.integers(0, 3), st.lists(spans(), max_size=3), max_size=4),
    days,
)
def test_led_since_is_the_first_of_an_unbroken_row_of_days(teams, leaders, day):
    def led(at):
        there = [u for u, held_ in teams.items() if any(s.holds(at) for s in held_)]
        return bool(there) and all(any(s.holds(at) for s in leaders.get(u, ())) for u in there)

    expected, at = None, day
    while led(at):
        expected, at = at, at - timedelta(days=1)
    assert led_since(teams, leaders, day) == expected


def holder(person, acting=False):
    return Holder(person, person, f"Persoon {person}", FEB, acting)


def line(key, at, kind="staff", *holders, fte=None):
    return PostLine(
        key,
        f"plek-{key}",
        at,
        key,
        {"team_leader": "Teamleider", "director": "Directielid"}.get(kind, "Medewerker"),
        kind,
        JAN,
        fte,
        holders,
    )


def node(key, name, kind="team", parent=None, order=0):
    return Node(key, f"code-{key}", name, kind, parent, JAN, order)


def chart(day=APR, leaders=2):
    """A board with three teams, of which the first `leaders` are led."""
    units = [node(1, "Directie", "board"), *(node(k, f"Team {k}", parent=1, order=9 - k) for k in (2, 3, 4))]
    posts = [
        line(10, 1, "director", holder(1)),
        line(11, 1, "director", holder(1)),
        *(line(20 + k, k, "team_leader", *([holder(20 + k)] if k - 2 < leaders else [])) for k in (2, 3, 4)),
        line(30, 2, "staff", holder(30), fte=Decimal("0.5")),
        line(31, 2, "staff", holder(31, acting=True), fte=Decimal("0.75")),
    ]
    return build(day, units, posts)


def test_the_tree_follows_order_and_then_name():
    shown = chart()
    assert [n.name for n in shown.nodes] == ["Directie", "Team 4", "Team 3", "Team 2"]
    assert [n.name for n in shown.tops] == ["Directie"]


def test_a_unit_whose_parent_is_not_there_stands_at_the_top():
    assert [n.name for n in build(APR, [node(2, "Los", parent=1)], []).tops] == ["Los"]


def test_what_is_counted_in_an_organogram():
    shown = chart()
    assert [n.name for n in shown.teams_without_leader] == ["Team 4"]
    assert [p.code for p in shown.vacancies] == ["plek-24", "plek-31"]
    assert shown.directors == {1: "Persoon 1"}
    assert len(shown.people) == 4
    team = next(n for n in shown.nodes if n.unit_id == 2)
    assert (team.span_of_control, team.fte, len(team.vacancies)) == (1, Decimal("1.25"), 1)


@pytest.mark.parametrize(
    ("leaders", "sentence"),
    [
        (0, "Geen enkel team heeft een teamleider: 0 van de 3."),
        (1, "1 van de 3 teams heeft een teamleider."),
        (2, "2 van de 3 teams hebben een teamleider."),
        (3, "Alle teams hebben een teamleider: 3 van de 3."),
    ],
)
def test_the_sentence_above_the_chart(leaders, sentence):
    assert leaders_sentence(chart(leaders=leaders)) == sentence


def test_the_gaps_are_told_in_words():
    assert gaps_sentence(chart(leaders=3)) == "Er is één vacature."
    assert gaps_sentence(chart(leaders=1)) == "Twee teams hebben er geen. Er zijn drie vacatures."
    assert leaders_sentence(build(APR, [], [])) == "Er zijn op deze dag geen teams."


def test_a_structure_does_not_differ_from_itself():
    found = difference(chart(), chart())
    assert found.is_empty
    assert (found.same_units, found.same_posts, found.same_appointments) == (4, 7, 6)


def test_the_difference_tells_what_came_went_and_changed():
    earlier = build(
        FEB,
        [node(1, "Directie", "board"), node(2, "Zorg", parent=1), node(5, "Oud", "department")],
        [line(20, 2, "team_leader", holder(20)), line(21, 5)],
    )
    later = build(
        APR,
        [node(1, "Directie", "board"), node(2, "Zorg en Wmo"), node(3, "Jeugd", parent=1)],
        [line(20, 3, "team_leader", holder(22)), line(23, 2, "staff", holder(20))],
    )
    found = difference(earlier, later)
    assert [(c.group, c.text) for c in found.added] == [
        ("Teams", "Jeugd"),
        ("Formatieplaatsen", "Medewerker (Zorg en Wmo)"),
        ("Benoemingen van teamleiders", "Persoon 22, Jeugd, sinds 1 februari 2021"),
        ("Benoemingen van medewerkers", "Persoon 20, Zorg en Wmo, sinds 1 februari 2021"),
    ]
    assert [(c.group, c.text) for c in found.removed] == [
        ("Afdelingen", "Oud"),
        ("Formatieplaatsen", "Medewerker (Oud)"),
        ("Benoemingen van teamleiders", "Persoon 20, Zorg, sinds 1 februari 2021"),
    ]
    assert [c.text for c in found.changed] == [
        "Zorg heet nu Zorg en Wmo en staat nu bovenaan",
        "Teamleider (Zorg) hoort nu bij Jeugd",
    ]
    assert (found.people_joined, found.people_left) == (("Persoon 22",), ())
    assert (found.same_units, found.same_posts, found.same_appointments) == (1, 0, 0)


def test_many_alike_are_taken_together_with_their_days():
    found = difference(chart(leaders=0), chart(leaders=3)).told("added")
    assert [(g.label, len(g.changes), g.when, g.is_short) for g in found] == [
        ("Benoemingen van teamleiders", 3, "vanaf 1 februari 2021", True)
    ]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 8)), max_size=8, unique_by=lambda pair: pair[0]))
def test_every_unit_stands_once_in_the_tree_and_in_the_drawing(pairs):
    units = [node(key, f"Onderdeel {key}", parent=parent or None) for key, parent in pairs if parent < key]
    shown = build(APR, units, [])
    assert sorted(n.unit_id for n in shown.nodes) == sorted(u.unit_id for u in units)
    drawing = draw(shown)
    assert len(drawing.boxes) == len(units)
    assert all(
        b.x >= 0 and b.x + b.width <= drawing.width and b.y + b.height <= drawing.height
        for b in drawing.boxes
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Teamleider", "teamleider"),
        ("CISO", "CISO"),
        ("HR-adviseur", "HR-adviseur"),
        ("Directeur Buurt", "directeur Buurt"),
        ("", ""),
    ],
)
def test_a_function_is_written_small_within_a_sentence(name, written):
    assert in_sentence(name) == written


def test_a_month_runs_up_to_the_first_of_the_next():
    assert month_of(date(2021, 12, 31)) == Span(date(2021, 12, 1), date(2022, 1, 1))


def test_every_way_in_which_a_unit_or_post_changes_is_told():
    earlier = build(
        FEB, [node(1, "Directie", "board"), node(2, "Zorg", "department")], [line(20, 2), line(21, 2)]
    )
    later = build(
        APR,
        [node(1, "Directie", "board"), node(2, "Zorg", "team", parent=1)],
        [line(20, 2, fte=Decimal("0.5")), PostLine(21, "plek-21", 2, 99, "Jurist", "staff", APR)],
    )
    assert [change.text for change in difference(earlier, later).changed] == [
        "Zorg is nu team en valt nu onder Directie",
        "Medewerker (Zorg) is nu 0,50 fte",
        "Medewerker (Zorg) is nu Jurist",
    ]
    assert "Medewerker (Zorg) is nu zonder vastgelegde fte" in [
        c.text for c in difference(later, earlier).changed
    ]


def test_alike_without_days_and_on_different_days():
    found = difference(build(FEB, [], []), chart(leaders=3)).told("added")
    assert [(g.label, len(g.changes), g.when) for g in found][:2] == [("Directie", 1, ""), ("Teams", 3, "")]
    assert difference(build(FEB, [], []), chart()).new_units == {1, 2, 3, 4}


def test_days_that_differ_are_told_from_first_to_last():
    units = [node(2, "Zorg"), node(3, "Jeugd")]
    first, second = (Holder(key, key, f"Persoon {key}", since) for key, since in ((1, FEB), (2, MAR)))
    later = build(APR, units, [line(20, 2, "team_leader", first), line(21, 3, "team_leader", second)])
    (group,) = [g for g in difference(build(APR, units, []), later).told("added") if "teamleiders" in g.label]
    assert group.when == "van 1 februari 2021 tot en met 1 maart 2021"


def test_most_and_half_of_the_teams_have_sentences_of_their_own():
    def teams(led, number):
        units = [node(key, f"Team {key}") for key in range(1, number + 1)]
        return build(
            APR, units, [line(50 + key, key, "team_leader", holder(key)) for key in range(1, led + 1)]
        )

    assert leaders_sentence(teams(3, 5)) == "De meeste teams hebben een teamleider: 3 van de 5."
    assert leaders_sentence(teams(2, 4)) == "De helft van de teams heeft een teamleider: 2 van de 4."
    assert gaps_sentence(teams(2, 2)) == "Er zijn geen vacatures."


def test_an_acting_leader_is_drawn_as_missing():
    shown = build(APR, [node(2, "Zorg")], [line(20, 2, "team_leader", holder(9, acting=True))])
    assert [(text.text, text.missing) for text in draw(shown).boxes[0].lines] == [
        ("Teamleider: waarneming", True),
        ("Geen teamleider", True),
        ("1 vacature", True),
    ]


def test_a_period_is_told_by_its_first_day_and_by_its_end_where_it_has_one():
    assert checks._told(Span(date(2021, 2, 1), None)) == "vanaf 1 februari 2021"
    assert checks._told(Span(date(2021, 2, 1), date(2021, 3, 1))) == "vanaf 1 februari 2021 tot 1 maart 2021"


def names(nodes):
    return [node.name for node in nodes]


def tree(*units):
    return laid_out(build(APR, [node(1, "Gemeente", "organisation"), *units], []))


def test_the_units_above_the_first_branching_are_stacked():
    plan = tree(node(2, "Directie", "board", 1), node(3, "Zorg", "team", 2), node(4, "Jeugd", "team", 2))
    assert (names(plan.above), names(plan.branches)) == (["Gemeente", "Directie"], ["Jeugd", "Zorg"])
    assert (plan.loose, plan.is_wide) == ((), False)


def test_one_unit_alone_is_the_top_and_has_no_branches():
    plan = tree()
    assert (names(plan.above), plan.branches) == (["Gemeente"], ())
    assert [box.style for box in draw(build(APR, [node(1, "Gemeente", "organisation")], [])).boxes] == ["top"]


def test_the_only_team_under_the_top_is_a_branch():
    plan = tree(node(2, "Zorg", "team", 1))
    assert (names(plan.above), names(plan.branches)) == (["Gemeente"], ["Zorg"])


def test_without_a_structure_there_is_nothing_to_lay_out():
    assert laid_out(build(APR, [], [])) == laid_out(build(FEB, [], []))
    assert draw(build(APR, [], [])).boxes == ()


def test_a_second_top_leaves_the_main_tree_in_its_form():
    plan = tree(node(2, "Zorg", "team", 1), node(3, "Jeugd", "team", 1), node(9, "Los", "team"))
    assert (names(plan.above), names(plan.branches)) == (["Gemeente"], ["Jeugd", "Zorg"])
    assert names(plan.loose) == ["Los"]


def test_of_two_trees_without_an_organisation_the_larger_is_the_main_one():
    units = [node(1, "Klein", "board"), node(2, "Groot", "board"), node(3, "Zorg", "team", 2)]
    plan = laid_out(build(APR, units, []))
    assert (names(plan.above), names(plan.loose)) == (["Groot"], ["Klein"])


def overlaps(one, other):
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not apart and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("loose", [0, 7])
def test_sixty_teams_stand_in_rows_without_touching(loose):
    units = [node(1, "Gemeente", "organisation"), *(node(k, f"Team {k}", "team", 1) for k in range(2, 62))]
    shown = build(APR, [*units, *(node(100 + k, f"Los {k}", "team") for k in range(loose))], [])
    assert laid_out(shown).is_wide
    drawing = draw(shown)
    assert len(drawing.boxes) == 61 + loose
    assert drawing.width == 6 * 230 + 5 * 24 + 2 * 24
    pairs = ((a, b) for at, a in enumerate(drawing.boxes) for b in drawing.boxes[at + 1 :])
    assert not any(overlaps(a, b) for a, b in pairs)
    assert all(box.y + box.height <= drawing.height for box in drawing.boxes)


def test_a_drawing_tells_the_fte_of_a_unit():
    shown = build(APR, [node(2, "Zorg")], [line(20, 2, "staff", holder(9), fte=Decimal("0.5"))])
    assert [text.text for text in draw(shown).boxes[0].lines] == ["Geen teamleider", "0,5 fte"]


def silent():
    units = [node(1, "Directie", "board"), node(2, "Zorg", parent=1)]
    return build(JAN, units, [line(20, 2, "team_leader"), line(21, 2)], people_from=FEB)


def test_before_the_first_appointment_nobody_is_said_to_be_missing():
    shown = silent()
    assert (shown.vacancies, shown.teams_without_leader, shown.people_from) == ((), (), FEB)
    assert leaders_sentence(shown) == (
        "Voor 1 februari 2021 zijn geen benoemingen vastgelegd; wie toen leidde, staat hier niet."
    )
    assert gaps_sentence(shown) == ""
    assert all(node.span_of_control == 0 for node in shown.nodes)
    assert [box.lines for box in draw(shown).boxes] == [(), ()]


@pytest.mark.parametrize("people_from", [None, JAN, FEB])
def test_from_the_first_appointment_on_a_vacancy_is_a_vacancy(people_from):
    shown = build(FEB, [node(2, "Zorg")], [line(20, 2, "team_leader")], people_from=people_from)
    assert (len(shown.vacancies), len(shown.teams_without_leader), shown.people_from) == (1, 1, None)
    assert names(shown.teams_without_leader) == ["Zorg"]
    assert [post.code for post in shown.nodes[0].leading_vacancies] == ["plek-20"]


def test_the_board_says_how_many_members_lead_what_hangs_under_it():
    units = [
        node(1, "Directieteam", "board"),
        *(node(key, f"Cluster {key}", "department", 1) for key in (2, 3)),
        node(4, "Team", parent=2),
    ]
    posts = [line(20, 2, "director", holder(7)), line(21, 3, "director", holder(7)), line(22, 3, "director")]
    shown = build(APR, units, posts)
    assert [shown.directors_of(one) for one in shown.nodes] == [1, 0, 0, 0]
