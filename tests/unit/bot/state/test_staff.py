import threading
from dataclasses import replace
from datetime import date

from tests.unit.bot.state.made import NOW, SOURCE, Clock, gap, posted

from aspire_bot.state import State
from aspire_bot.state.approvals import ApprovedAnswer
from aspire_bot.state.threads import ThreadKey


def test_the_same_open_question_counts_up(state: State) -> None:
    first = state.gaps.add(gap("g1", "How much is it?"))
    assert first == replace(gap("g1", "How much is it?"), times=1)
    again = state.gaps.add(gap("g2", " how  much is IT？", asker="U2"))
    assert (again.gap_id, again.times, again.question) == ("g1", 2, "How much is it?")
    state.gaps.add(gap("g3", "Where?"))
    state.gaps.add(replace(gap("g4", "How much is it?"), team="T2"))
    assert state.gaps.open(9)[0].gap_id == "g1"
    assert len(state.gaps.open(9)) == 3
    assert len(state.gaps.open(2)) == 2
    assert [one.gap_id for one in state.gaps.open(9, team="T2")] == ["g4"]
    assert state.gaps.get("g2") is None


def test_a_gap_that_was_dealt_with_opens_anew(state: State) -> None:
    state.gaps.add(gap("g1", "How much?"))
    state.gaps.set_status("g1", "answered")
    assert state.gaps.open(9) == ()
    assert state.gaps.add(gap("g2", "How much?")).gap_id == "g2"
    found = state.gaps.get("g1")
    assert found is not None
    assert (found.status, found.times) == ("answered", 1)


def test_one_answer_counts_once(state: State) -> None:
    state.gaps.add(gap("g1", "How much?", answer_id="a1"))
    assert state.gaps.add(gap("g2", "How much?", answer_id="a1")).times == 1
    state.gaps.set_status("g1", "dismissed")
    retried = state.gaps.add(gap("g3", "How much?", answer_id="a1"))
    assert (retried.gap_id, retried.times) == ("g1", 1)
    assert state.gaps.open(9) == ()


def test_a_very_long_question_is_a_gap_too(state: State) -> None:
    long = "".join(chr(0x4E00 + n % 5000) for n in range(12_000))
    state.gaps.add(gap("g1", long))
    assert state.gaps.add(gap("g2", long + "?")).times == 2


def test_askers_at_once_make_one_gap(state: State) -> None:
    threads = [
        threading.Thread(target=state.gaps.add, args=(gap(f"g{n}", "How much?"),)) for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.times for one in state.gaps.open(9)] == [6]


def test_an_answer_is_escalated_once(state: State) -> None:
    answer = posted("a1")
    first, is_new = state.escalations.open_for(
        answer, "U5", staff_channel="C9", permalink="https://p"
    )
    assert is_new
    assert (first.asker, first.question, first.sources) == ("U5", "How much?", answer.sources)
    assert (first.team, first.channel, first.thread_ts) == ("T1", "C1", "1.0")
    assert (first.staff_channel, first.permalink, first.status) == ("C9", "https://p", "open")
    again, is_new = state.escalations.open_for(answer, "U6", staff_channel="C9")
    assert (again, is_new) == (first, False)


def test_a_reply_can_go_to_another_thread(state: State) -> None:
    thread = ThreadKey(team="T1", channel="D1", thread_ts="")
    made, _ = state.escalations.open_for(posted("a1"), "U5", staff_channel="C9", thread=thread)
    assert (made.channel, made.thread_ts) == ("D1", "")


def test_staff_replies_reach_the_asker_once(state: State, clock: Clock) -> None:
    made, _ = state.escalations.open_for(posted("a1"), "U5", staff_channel="C9")
    assert state.escalations.by_staff_thread("T1", "C9", "8.0") is None
    state.escalations.set_message(made.escalation_id, "C9", "8.0")
    found = state.escalations.by_staff_thread("T1", "C9", "8.0")
    assert found == replace(made, staff_ts="8.0")
    assert state.escalations.by_staff_thread("T2", "C9", "8.0") is None
    assert state.escalations.add_reply(made.escalation_id, "S1", "5 万円", "Ev1")
    assert not state.escalations.add_reply(made.escalation_id, "S1", "5 万円", "Ev1")
    assert state.escalations.add_reply(made.escalation_id, "S2", "And see [1]", "Ev2")
    assert not state.escalations.add_reply("unknown", "S2", "Too late", "Ev3")
    first, _ = state.escalations.replies(made.escalation_id)
    assert (first.user, first.text, first.source_key) == ("S1", "5 万円", "Ev1")
    state.escalations.mark_delivered(first.reply_id)
    at = clock.moment
    clock.pass_s(5)
    state.escalations.mark_delivered(first.reply_id)
    assert [reply.delivered_at for reply in state.escalations.replies(made.escalation_id)] == [
        at,
        None,
    ]
    answered = state.escalations.get(made.escalation_id)
    assert answered is not None
    assert answered.status == "answered"


def approved(approval_id: str, valid_until: date | None = None) -> ApprovedAnswer:
    return ApprovedAnswer(
        approval_id=approval_id,
        question="How much?",
        text="5 万円",
        language="ja",
        audience="public",
        approved_by="S1",
        approved_at=NOW,
        team="T1",
        sources=(SOURCE,),
        valid_until=valid_until,
    )


def test_an_approved_answer_is_published_and_expires(state: State) -> None:
    until = approved("p1", date(2026, 4, 30))
    state.approvals.add(until)
    state.approvals.add(replace(until, text="other"))
    state.approvals.add(approved("p2"))
    assert state.approvals.get("p1") == until
    assert state.approvals.with_status("pending") == (until, approved("p2"))
    assert state.approvals.expired(date(2027, 1, 1)) == ()  # not published yet
    state.approvals.set_status("p1", "published", document_id="faq-1")
    state.approvals.set_status("p2", "published", document_id="faq-2")
    published = replace(until, status="published", document_id="faq-1")
    assert state.approvals.expired(date(2026, 4, 30)) == ()
    assert state.approvals.expired(date(2026, 5, 1)) == (published,)
    state.approvals.set_status("p1", "withdrawn")
    assert state.approvals.get("p1") == replace(published, status="withdrawn")
    assert state.approvals.expired(date(2026, 5, 1)) == ()
    assert state.approvals.get("p3") is None
