"""Staff keep the index from Slack: what they see at each step, and what is in the index then."""

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.local_slack.curator import HomeCurator
from tests.local_slack.scene import OPTIONS, Scene, Scripted, run_bot, texts_of
from tests.local_slack.server import Fault
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.local_slack.inputs import filled_in, find_element, pressed
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.people import Person
from aspire_bot.local_slack.wire import Json
from aspire_bot.slack.curating.buttons import INGEST_SHORTCUT
from aspire_ingest.errors import LoadError
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.pipeline.pipeline import RunRequest, ingest

ABOUT, NEW = "/aspire/about.md", "/aspire/new.md"
_TEXTS = {
    ABOUT: "# About\n\n" + "The programme supports joint research with partners abroad. " * 3,
    NEW: "# Help *desk* <!channel>\n\nThe office opens a desk. It answers on weekdays.\n",
}
CHANGED = "# Help *desk* <!channel>\n\nThe office opens a desk. It answers on Sundays.\n"
_SOURCES = "sources: [{{name: own, type: pages, limits: {{delay_s: 0}}, pages: [PAGES]}}]"


@pytest.fixture
def curator(tmp_path: Path) -> Generator[HomeCurator]:
    """A home with one page of a site indexed."""
    with serve(reports=0) as site:
        for path, text in _TEXTS.items():
            site.content[path] = Resource(text.encode(), "text/markdown; charset=utf-8")
        scene = SiteScene(site, tmp_path / "home")
        with scene.parts() as parts:
            ingest(RunRequest(targets=[site.url(ABOUT)]), parts.parts)
        yield HomeCurator(scene)


@contextmanager
def _bot(curator: HomeCurator, *script: Scripted, locale: str = "en-US") -> Generator[Scene]:
    """The bot; its one member of staff reads English unless said otherwise."""
    with run_bot(*script, options=replace(OPTIONS, curator=curator)) as scene:
        sato = scene.slack.workspace.users["U3"]
        scene.slack.workspace.add_user(replace(sato, locale=locale))
        yield scene


def _url(curator: HomeCurator, path: str = NEW) -> str:
    return curator.scene.site.url(path)


def _whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def _run(scene: Scene, text: str, channel: str = "G1") -> Message:
    """Let staff run a command in the staff channel; give the message it leads to."""
    before = {m.ts for m in scene.sato.sees(channel)}
    scene.sato.runs("/aspire", text, channel=channel)
    scene.settle()
    new = [m for m in scene.sato.sees(channel) if m.ts not in before and not m.ephemeral_to]
    assert len(new) == 1
    return new[0]


def _press(scene: Scene, message: Message, act: str, person: Person | None = None) -> str:
    (person or scene.sato).clicks(message, f"aspire:op_{act}")
    return _now(scene, message)


def _now(scene: Scene, message: Message) -> str:
    scene.settle()
    found = scene.slack.workspace.find(message.channel, message.ts)
    assert found is not None
    return _whole(found)


def _hint(scene: Scene, person: Person, channel: str) -> str:
    scene.settle()
    return _whole([m for m in person.sees(channel) if m.ephemeral_to][-1])


def test_a_page_is_looked_at_approved_and_undone(curator: HomeCurator) -> None:
    before = curator.index()
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        assert "I am looking at it" in _hint(scene, scene.sato, "G1")
        shown = _whole(message)
        assert "*New for the index*" in shown
        assert f"<{_url(curator)}|Help ∗desk∗ &lt;!channel&gt;>" in shown
        assert "no date · other · English · for everyone · passages: 1" in shown
        assert "It has no date" in shown
        assert curator.index() == before

        done = _press(scene, message, "approve")
        assert "*Added to the index*" in done
        assert "by <@U3> · passages: 1 · index 2-" in done
        assert len(curator.index()) == 2
        undone = _press(scene, message, "undo")
        assert "*Undone:* it is out of the index again." in undone
        assert curator.index() == before
        with pytest.raises(LookupError):
            scene.sato.clicks(message, "aspire:op_undo")


def test_a_marked_page_is_indexed_by_who_saw_its_mark(curator: HomeCurator) -> None:
    curator.scene.site.put(NEW, b"# Plan\n\nCONFIDENTIAL\n\nThe ceiling rises next year.\n")
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        assert "It is marked CONFIDENTIAL" in _whole(message)
        assert len(curator.index()) == 1
        assert "*Added to the index*" in _press(scene, message, "approve")
        assert len(curator.index()) == 2


def test_a_changed_page_shows_the_difference_and_the_seen_bytes_count(
    curator: HomeCurator,
) -> None:
    with _bot(curator) as scene:
        _press(scene, _run(scene, f"ingest {_url(curator)}"), "approve")
        curator.scene.site.put(NEW, CHANGED.encode())
        message = _run(scene, f"ingest {_url(curator)}")
        shown = _whole(message)
        assert "*Replaces what is indexed*" in shown
        assert "(sentences: 1 new, 1 gone)" in shown
        assert "-It answers on weekdays.\n+It answers on Sundays." in shown
        curator.scene.site.put(NEW, b"# Something else\n\nNobody has seen this text.\n")
        assert "*Replaced in the index*" in _press(scene, message, "approve")
        texts = {document.text for document, _ in curator.index().values()}
        assert any("on Sundays" in text for text in texts)
        again = _run(scene, f"ingest {_url(curator)}")
        _press(scene, again, "approve")
        refused = _press(scene, message, "undo")
        assert "cannot be undone: the document was changed since" in refused
        with pytest.raises(LookupError):
            scene.sato.clicks(message, "aspire:op_undo")


def test_others_get_a_polite_no_and_it_is_logged(
    curator: HomeCurator, caplog: pytest.LogCaptureFixture
) -> None:
    secret = f"{_url(curator)}?key=secret"
    with _bot(curator, RuntimeError("asked")) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        with caplog.at_level(logging.DEBUG, "aspire_bot"):
            for text in (f"ingest {secret}", "remove about", "sync", "status"):
                scene.alice.runs("/aspire", text, channel="C1")
                assert "Only staff can do this." in _hint(scene, scene.alice, "C1")
            scene.ken.clicks(message, "aspire:op_approve")
            assert "担当者のみ" in _hint(scene, scene.ken, "G1")
            sent = scene.alice.shares(scene.alice.dm, {"plan.md": b"# Plan\n\nA plan."})
            scene.settle()
            assert "Only staff" in _whole(scene.alice.replies(sent)[0])
            scene.alice.shares(
                scene.alice.dm, {"plan.md": b"# Plan"}, "Is this plan the latest one?"
            )
            scene.settle()
            assert len(scene.core.questions) == 1
            sent = scene.alice.shares("C1", {"plan.md": b"# Plan"}, "@bot ingest")
            assert "Only staff" in _hint(scene, scene.alice, "C1")
            scene.alice.uses_shortcut(sent, INGEST_SHORTCUT)
            assert "Only staff" in _hint(scene, scene.alice, "C1")
        refused = [r.getMessage() for r in caplog.records if "curating refused" in r.getMessage()]
        assert [line.partition(": ")[2] for line in refused] == [
            *(f"user=U1 command={verb}" for verb in ("ingest", "remove", "sync", "status")),
            "user=U2 command=approve",
            *(f"user=U1 command={verb}" for verb in ("file", "file", "shortcut")),
        ]
        assert "secret" not in caplog.text
        assert "*New for the index*" in _now(scene, message)
        assert scene.slack.downloads == []
    assert len(curator.index()) == 1


def test_words_that_are_no_command_are_a_question(curator: HomeCurator) -> None:
    with _bot(curator, RuntimeError("asked")) as scene:
        scene.alice.runs("/aspire", "status of my application?", channel="C1")
        scene.settle()
        assert [q.text for q in scene.core.questions] == ["status of my application?"]
        scene.sato.runs("/aspire", "ingest", channel="G1")
        assert "/aspire ingest https://" in _hint(scene, scene.sato, "G1")
        scene.sato.runs("/aspire", "ingest file:///etc/passwd", channel="G1")
        assert "/aspire ingest https://" in _hint(scene, scene.sato, "G1")


def test_pressed_twice_and_delivered_twice_is_done_once(curator: HomeCurator) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        assert go_on.wait(20)

    curator.on_accept = hold
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        scene.slack.fail_next(Fault(method="chat.update", error="internal_error"))
        approve = _pressed(scene, message, "approve", "1.1")
        others = (_pressed(scene, message, act, "1.2") for act in ("cancel", "approve"))
        scene.people.courier.deliver("interactive", approve)
        assert begun.wait(20)
        for each in (approve, *others):
            scene.people.courier.deliver("interactive", each)
        go_on.set()
        assert "*Added to the index*" in _now(scene, message)
        assert len(curator.accepted) == 1


def _pressed(scene: Scene, message: Message, act: str, at: str) -> Json:
    """What Slack sends of a button; as the message was when it was pressed."""
    placed = find_element(message.blocks, f"aspire:op_{act}", None)
    action = pressed(placed, None, at)
    return scene.people.payloads.action_on_message("U3", message, action)


def test_cancelled_nothing_is_changed(curator: HomeCurator) -> None:
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        assert "*Cancelled* by <@U3>" in _press(scene, message, "cancel")
        message = _run(scene, f"ingest {_url(curator)}")
        scene.state.retention.forget("U3")
        scene.sato.clicks(message, "aspire:op_approve")
        assert "kept no more" in _hint(scene, scene.sato, "G1")
    assert len(curator.index()) == 1


def test_staff_say_what_the_page_does_not(curator: HomeCurator) -> None:
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        scene.sato.clicks(message, "aspire:op_change")
        view = scene.sato.waits_for_view()
        wrong = scene.sato.submits(view, {"date": "2026-02-30"})
        assert "YYYY-MM-DD" in str(wrong.errors["date"])
        scene.sato.submits(view, {"title": "Desk", "date": "2026-04-01", "audience": "staff"})
        shown = _now(scene, message)
        assert "1 April 2026 (set by staff) · other · English · for staff" in shown
        scene.sato.clicks(message, "aspire:op_change")
        scene.sato.submits(scene.sato.waits_for_view(), {"kind": "faq"})
        assert "· FAQ · English · for staff" in _now(scene, message)
        _press(scene, message, "approve")
        info = next(d.info for d, _ in curator.index().values() if d.info.title == "Desk")
        assert (info.kind, info.published, info.audience) == ("faq", "2026-04-01", "staff")
        state = filled_in(view.content["blocks"], {"title": "Mine"})
        body = {**scene.people.payloads.submission(view, state), "user": {"id": "U1"}}
        assert "Only staff" in str(scene.people.courier.deliver("interactive", body).response)


def test_a_file_in_a_direct_message_is_looked_at_in_its_thread(curator: HomeCurator) -> None:
    with _bot(curator, RuntimeError("asked"), locale="ja-JP") as scene:
        sent = scene.sato.shares(scene.sato.dm, {"計画 2026.md": "# 計画\n\n計画です。".encode()})
        scene.settle()
        (message,) = scene.sato.replies(sent)
        assert "*新しく登録される文書*" in _whole(message)
        assert "索引に登録しました" in _press(scene, message, "approve")
        (info,) = (d.info for d, _ in curator.index().values() if d.info.title == "計画")
        assert (info.source, info.url) == ("upload:///計画 2026.md", None)
        assert {token for _, token in scene.slack.downloads} == {"xoxb-local"}
        scene.sato.shares(scene.sato.dm, {"x.png": b"\x89PNG"}, "What are the goals of ASPIRE?")
        scene.settle()
        assert [q.text for q in scene.core.questions] == ["What are the goals of ASPIRE?"]


def test_files_of_a_channel_come_by_mention_and_by_shortcut(curator: HomeCurator) -> None:
    files = {"a.md": b"# A\n\nThe first text.", "b.md": b"# B\n\nThe other text."}
    with _bot(curator) as scene:
        sent = scene.sato.shares("G1", files, "@bot ingest these")
        scene.settle()
        assert [_whole(m).count("*New for") for m in scene.sato.replies(sent)] == [1, 1]
        sent = scene.sato.shares("G1", {"c.md": b"# C\n\nThe third text."})
        scene.sato.uses_shortcut(sent, INGEST_SHORTCUT)
        scene.settle()
        (message,) = scene.sato.sees(scene.sato.dm)
        assert "C" in _press(scene, message, "approve")
    assert {d.info.title for d, _ in curator.index().values()} == {"About", "C"}


@pytest.mark.parametrize(
    ("name", "body", "mode", "told"),
    [
        ("report.pdf", b"no pdf", "hosted", "is named as PDF, but is none"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "hosted", "is an old Office file"),
        ("large.md", b"x" * 3000, "hosted", "over the limit of 0 MB"),
        ("far.md", b"", "external", "is not kept in Slack (external)"),
        ("gone.md", b"", "tombstone", "file＿deleted"),
    ],
)
def test_a_file_that_cannot_be_taken_is_one_clear_word(
    curator: HomeCurator, name: str, body: bytes, mode: str, told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("aspire_bot.slack.curating.files.MAX_BYTES", 2000)
    with _bot(curator) as scene:
        sent = scene.sato.shares(scene.sato.dm, {name: body}, mode=mode)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        scene.settle()
        (message,) = scene.sato.replies(sent)
        assert told in _whole(message).replace("_", "＿")
        assert "aspire:op_" not in str(message.blocks)
        assert len(scene.slack.downloads) == (mode == "hosted" and name != "large.md")
        scene.slack.refusals.clear()
    assert len(curator.index()) == 1


def test_a_page_that_cannot_be_read_is_one_clear_word(curator: HomeCurator) -> None:
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator, '/aspire/none.html')}")
        assert "This cannot be indexed:" in _whole(message)
        assert "the server answered 404 Not Found" in _whole(message)


def test_somebody_else_at_work_is_waited_for(
    curator: HomeCurator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_bot.slack.curating.operation._BUSY_S", 0.05)
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        curator.errors = [IndexUnavailableError("busy")] * 3
        assert "*Added to the index*" in _press(scene, message, "approve")
        said = [str(call.arguments) for call in scene.slack.calls if call.method == "chat.update"]
        assert sum("Somebody else is changing the index" in one for one in said) == 1


def test_how_far_it_is_stands_in_the_message(
    curator: HomeCurator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aspire_bot.slack.curating.operation._PROGRESS_EVERY_S", 0.0)
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        assert "*Added to the index*" in _press(scene, message, "approve")
        said = [str(call.arguments) for call in scene.slack.calls if call.method == "chat.update"]
        shown = [one for one in said if "embedding: 1 of 2" in one]
        assert len(shown) == 1
        assert "Help" in shown[0]


def test_a_failure_is_told_and_may_be_tried_again(curator: HomeCurator) -> None:
    with _bot(curator) as scene:
        message = _run(scene, f"ingest {_url(curator)}")
        curator.errors = [LoadError("disk", "is full")]
        told = _press(scene, message, "approve")
        assert "That did not work; the index is as it was before: disk: is full" in told
        assert "*Added to the index*" in _press(scene, message, "approve")


def test_a_document_is_removed_and_comes_back(curator: HomeCurator) -> None:
    before = curator.index()
    with _bot(curator) as scene:
        message = _run(scene, f"remove {_url(curator, ABOUT)}")
        assert "*To be removed from the index*" in _whole(message)
        assert curator.index() == before
        assert "*Removed from the index*" in _press(scene, message, "approve")
        assert curator.index() == {}
        assert "it is in the index again, as it was" in _press(scene, message, "undo")
        assert curator.index() == before
        assert "is not known" in _whole(_run(scene, "remove nothing-like-that"))


def test_a_sync_is_shown_first_and_pruning_asks_for_itself(curator: HomeCurator) -> None:
    site = curator.scene.site
    for number in range(6):
        path = f"/aspire/{number}.md"
        site.content[path] = Resource(f"# N{number}\n\nText {number}.".encode(), "text/markdown")
    listed = ", ".join(f"'{site.url(f'/aspire/{number}.md')}'" for number in range(6))
    curator.scene.sources = _SOURCES.replace("PAGES", listed)
    with _bot(curator) as scene:
        message = _run(scene, "sync")
        assert "*Sync of all sources*: what it would do." in _whole(message)
        assert "• *own*: 6 new" in _whole(message)
        assert len(curator.index()) == 1
        done = _press(scene, message, "approve")
        assert "*Sync of all sources is done.*" in done
        assert len(curator.index()) == 7

        del site.content["/aspire/0.md"]
        message = _run(scene, "sync own")
        assert "• *own*: 1 gone, 5 as before" in _whole(message)
        assert "'deny'" in str(message.blocks), "pruning asks for itself"
        assert "1 removed" in _press(scene, message, "prune")
        assert len(curator.index()) == 6
        assert "• <{}|N0>".format(site.url("/aspire/0.md")) in _now(scene, message)
        for number in range(1, 6):
            del site.content[f"/aspire/{number}.md"]
        message = _run(scene, "sync own")
        assert "taken for a fault of the site" in _whole(message)
        assert "*own*" in _whole(message)
    assert len(curator.index()) == 6


def test_a_sync_says_which_documents_it_changed_and_is_undone_by_its_button(
    curator: HomeCurator,
) -> None:
    site = curator.scene.site
    for number in range(12):
        path = f"/aspire/{number}.md"
        site.content[path] = Resource(f"# N{number}\n\nText {number}.".encode(), "text/markdown")
    listed = ", ".join(f"'{site.url(f'/aspire/{number}.md')}'" for number in range(12))
    curator.scene.sources = _SOURCES.replace("PAGES", listed)
    before = curator.index()
    with _bot(curator) as scene:
        message = _run(scene, "sync")
        assert "*12 new:*" in _whole(message)
        done = _press(scene, message, "approve")
        assert f"• <{site.url('/aspire/3.md')}|N3>" in done
        assert done.count("|N") == 10
        assert "2" in done.partition("|N9>")[2].splitlines()[1], "how many more is said"
        assert len(curator.index()) == 13

        site.content["/aspire/3.md"] = Resource(b"# N3\n\nAnother text.", "text/markdown")
        second = _run(scene, "sync own")
        assert f"*1 changed:*\n• <{site.url('/aspire/3.md')}|N3>" in _whole(second)
        _press(scene, second, "approve")
        assert "*Sync of own is undone.*" in _press(scene, second, "undo")
        third = next(one for one, _ in curator.index().values() if one.info.title == "N3")
        assert "Text 3." in third.text

        undone = _press(scene, message, "undo")
        assert "*Sync of all sources is undone.*" in undone
        assert "*12 removed:*" in undone
    assert curator.index() == before
