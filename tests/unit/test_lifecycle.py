"""What may be done about an appointment: every act in every state and at every moment.

The table is written by hand and not taken from the program's own, so that the two can differ.
"""

from dataclasses import replace

import pytest
from calendars import appointment

from bot.domain.appointment import Answer, Appointment, Reason, Refused, Status, Wishes
from bot.domain.lifecycle import RULES, Act, Party, is_done, open_acts, refusal

STATES = ("held", "booked", "came", "missed", "cancelled", "called_off")
NEVER, SO_ALREADY = "-", "="
# Of an appointment that wants help with the language and that nobody has seen or answered.
# b: before the talk begins, n: in the last two hours of that, d: during it, a: when it is over;
# =: it is so already.
TABLE = """
act            who    leads_to   held booked came missed cancelled called_off
hold           client held       -    -      -    -      -         -
let_go         clock  -          bnda -      -    -      -         -
book           client booked     bnda -      -    -      -         -
book_walk_in   staff  booked     -    -      -    -      -         -
claim          client -          -    bnd    -    -      -         -
look           client -          -    bnd    -    -      -         -
say_coming     client -          -    bn     -    -      -         -
say_late       client -          -    nd     -    -      -         -
change_wishes  client -          -    bn     -    -      -         -
keep           client -          -    =      -    -      -         -
move           client booked     -    bn     -    -      -         -
cancel         client cancelled  -    bn     -    -      -         -
rebook         client -          -    -      -    -      -         bnda
see            staff  -          -    bn     -    -      -         -
arrange_help   staff  -          -    bn     -    -      -         -
refuse_help    staff  -          -    bn     -    -      -         -
note_late      staff  -          -    nd     -    -      -         -
note_elsewhere staff  -          -    nd     -    -      -         -
ask_time       staff  -          -    bn     -    -      -         -
move_for_client   staff booked   -    bnd    -    -      -         -
cancel_for_client staff cancelled -   bnd    -    -      -         -
call_off       staff  called_off -    bn     -    -      -         -
rebook_for_client staff -        -    -      -    -      -         bnda
settle         staff  -          -    bnd    -    -      -         bnd
came           staff  came       -    da     =    -      -         -
missed         staff  missed     -    da     -    =      -         -
undo           staff  booked     -    -      da   da     -         -
remind         clock  -          -    bn     -    -      -         -
pass_on        clock  -          -    bn     -    -      -         -
ask_about_help clock  -          -    bn     -    -      -         -
"""
HEAD, *LINES = (line.split() for line in TABLE.strip().splitlines())
ROWS = {line[0]: dict(zip(HEAD, line, strict=True)) for line in LINES}

START = 1_800_000_000
END = START + 1800
NEAR = START - 7200
MOMENTS = ((NEAR - 1, "b"), (NEAR, "n"), (START - 1, "n"), (START, "d"), (END - 1, "d"), (END, "a"))
GONE = Refused(Reason.GONE)
PLAIN = appointment(START, end=END)
WANTING = replace(PLAIN, wishes=Wishes(language_help=True))


def test_the_table_has_every_act_and_every_state() -> None:
    assert list(ROWS) == [act.value for act in Act] == [rule.act.value for rule in RULES]
    assert STATES == tuple(status.value for status in Status) == tuple(HEAD[3:])


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_an_act_is_refused_except_in_its_states_and_at_its_moments(row: dict[str, str]) -> None:
    for state in STATES:
        about = replace(WANTING, status=Status(state))
        for now, part in MOMENTS:
            may = row[state] == SO_ALREADY or part in row[state]
            assert refusal(Act(row["act"]), about, now) == (None if may else GONE), (state, now)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_an_act_is_done_where_the_state_says_so(row: dict[str, str]) -> None:
    done = {state for state in STATES if is_done(Act(row["act"]), in_state(state))}
    assert done == {state for state in STATES if row[state] == SO_ALREADY}


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("state", STATES)
def test_each_is_offered_what_is_theirs_to_do_and_not_done_yet(party: Party, state: str) -> None:
    for now, part in MOMENTS:
        theirs = {row["act"] for row in ROWS.values() if row["who"] == party and part in row[state]}
        assert open_acts(party, in_state(state), now) == theirs


def test_an_act_leads_to_the_state_of_the_table() -> None:
    leads_to = {rule.act.value: rule.to.value if rule.to else NEVER for rule in RULES}
    assert leads_to == {act: row["leads_to"] for act, row in ROWS.items()}


DONE = (
    (Act.SAY_COMING, replace(PLAIN, answer=Answer.COMING)),
    (Act.SAY_LATE, replace(PLAIN, answer=Answer.LATE)),
    (Act.NOTE_LATE, replace(PLAIN, answer=Answer.LATE)),
    (Act.NOTE_ELSEWHERE, replace(PLAIN, answer=Answer.ELSEWHERE)),
    (Act.ASK_TIME, replace(PLAIN, answer=Answer.ASKED)),
    (Act.KEEP, replace(PLAIN, answer=Answer.KEPT)),
    (Act.SEE, replace(PLAIN, seen_at=START - 7200)),
    (Act.ARRANGE_HELP, replace(WANTING, help_arranged=True)),
    (Act.REFUSE_HELP, replace(WANTING, help_arranged=False)),
)


@pytest.mark.parametrize(("act", "about"), DONE)
def test_doing_again_what_is_so_already_is_not_refused_and_not_offered(
    act: Act, about: Appointment
) -> None:
    assert is_done(act, about)
    for now, _ in MOMENTS:
        assert refusal(act, about, now) is None
        assert [party for party in Party if act in open_acts(party, about, now)] == []


@pytest.mark.parametrize(("act", "about"), DONE)
def test_in_no_other_state_it_counts_as_done(act: Act, about: Appointment) -> None:
    for state in STATES:
        elsewhere = replace(about, status=Status(state))
        assert is_done(act, elsewhere) is (state == "booked")
        assert refusal(act, elsewhere, START - 1) == (None if state == "booked" else GONE)


def test_the_other_answer_about_help_stays_open() -> None:
    arranged, refused = (replace(WANTING, help_arranged=answer) for answer in (True, False))
    about_help = {Act.ARRANGE_HELP, Act.REFUSE_HELP}
    assert open_acts(Party.STAFF, arranged, START - 1) & about_help == {Act.REFUSE_HELP}
    assert open_acts(Party.STAFF, refused, START - 1) & about_help == {Act.ARRANGE_HELP}
    assert open_acts(Party.STAFF, refused, START) & about_help == set()


def test_who_wants_no_help_is_neither_promised_nor_refused_any() -> None:
    acts = (Act.ARRANGE_HELP, Act.REFUSE_HELP, Act.ASK_ABOUT_HELP)
    assert [refusal(act, PLAIN, START - 1) for act in acts] == [GONE, GONE, GONE]


@pytest.mark.parametrize("answer", [True, False])
def test_nobody_is_asked_about_help_once_it_is_decided(answer: bool) -> None:
    decided = replace(WANTING, help_arranged=answer)
    assert refusal(Act.ASK_ABOUT_HELP, decided, START - 1) == GONE


def test_what_has_been_seen_is_not_passed_on() -> None:
    assert refusal(Act.PASS_ON, replace(PLAIN, seen_at=0), START - 1) == GONE


def test_only_who_was_asked_can_answer_that_they_keep_the_time() -> None:
    asked = replace(PLAIN, answer=Answer.ASKED)
    assert refusal(Act.KEEP, asked, START - 1) is None
    assert refusal(Act.KEEP, asked, START) == GONE
    assert Act.KEEP in open_acts(Party.CLIENT, asked, START - 1)
    assert [
        Act.KEEP in open_acts(Party.CLIENT, replace(PLAIN, answer=answer), NEAR)
        for answer in (*(each for each in Answer if each is not Answer.ASKED),)
    ] == [False] * (len(Answer) - 1)


@pytest.mark.parametrize("answer", [Answer.NONE, Answer.COMING, Answer.KEPT])
def test_who_has_answered_can_be_asked_again(answer: Answer) -> None:
    assert Act.ASK_TIME in open_acts(Party.STAFF, replace(PLAIN, answer=answer), NEAR - 1)


@pytest.mark.parametrize("answer", [Answer.LATE, Answer.ELSEWHERE])
def test_who_is_on_the_way_is_not_asked(answer: Answer) -> None:
    assert refusal(Act.ASK_TIME, replace(PLAIN, answer=answer), NEAR) == GONE


def in_state(state: str) -> Appointment:
    return replace(WANTING, status=Status(state))
