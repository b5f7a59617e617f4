"""Staff are told in person, once a change, of the documents and sources that they watch."""

import threading
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.e2e.test_console_watches import SOURCES
from tests.local_slack.curator import HomeCurator
from tests.local_slack.scene import OFFICE, OPTIONS, Scene, ScriptedCore, run_bot, texts_of
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.office.page_state import source_state
from aspire_bot.slack.office.page_changes import PageChanges
from aspire_bot.slack.office.task_messages import Posting
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.database.tables import inbox
from aspire_bot.state.inbox import Inbox
from aspire_bot.state.office.page_watches import PageWatch, PageWatches
from aspire_ingest.index import DocumentInfo, IndexUnavailableError
from aspire_ingest.index.open_index import open_reader

CONSOLE = "https://bot.example.org/console"


@dataclass(slots=True)
class Place:
    """A page on a site, the index that holds it, and the bot's library, which follows the index."""

    curator: HomeCurator
    core: ScriptedCore = field(default_factory=lambda: ScriptedCore(()))

    def write(self, text: str) -> DocumentInfo:
        """Change the page, and have the source visited."""
        page = Resource(f"# Desk <!here>\n\n{text}".encode(), "text/markdown; charset=utf-8")
        self.curator.scene.site.content["/own.md"] = page
        self.curator.sync([], is_dry_run=False)
        return self.follow()

    def follow(self) -> DocumentInfo:
        """Let the library go over to the newest generation."""
        scene = self.curator.scene
        with open_reader(scene.root, embedder_name=scene.embedder.name) as index:
            found = tuple(index.documents().values())
            self.core.generation = index.manifest.generation
        self.core.library = found
        return found[0]


@pytest.fixture
def place(tmp_path: Path) -> Generator[Place]:
    with serve(reports=0) as site:
        made = Place(HomeCurator(SiteScene(site, tmp_path / "home", SOURCES)))
        made.write("It is open in May.")
        yield made


@pytest.fixture
def scene(place: Place) -> Generator[Scene]:
    options = replace(OPTIONS, curator=place.curator, console_url=CONSOLE)
    with run_bot(options=options) as running:
        place.core = running.core
        place.follow()
        yield running


def bot(scene: Scene, place: Place) -> PageChanges:
    """What looks in one of the bots; the scene's own tells."""
    return PageChanges(
        state=scene.state,
        staff=Staff(OFFICE),
        library=place.core,
        posting=Posting(inbox=scene.state.inbox),
        curator=place.curator,
        console_url=CONSOLE,
    )


def watch(scene: Scene, info: DocumentInfo, **fields: object) -> PageWatch:
    """Let Sato watch a document as it stands, in the first generation."""
    made = PageWatch(
        kind="document",
        item=info.document_id,
        title=info.title,
        team="T1",
        user="U3",
        language="en",
        stands=info.content_hash,
        generation=1,
        asked_at=utc_now(),
    )
    made = replace(made, **fields)  # pyright: ignore[reportArgumentType]  fields of the class
    assert scene.state.page_watches.add(made)
    return made


def heard(scene: Scene) -> list[str]:
    scene.settle()
    return ["\n".join(texts_of(message)) for message in scene.sato.sees(scene.sato.dm)]


def test_who_watches_a_document_is_told_what_changed_and_when_it_is_gone(
    scene: Scene, place: Place
) -> None:
    info = place.follow()
    watch(scene, info)
    look = bot(scene, place).look
    look()
    assert heard(scene) == []
    place.write("It is open in <June>.")
    look()
    look()
    (told,) = heard(scene)
    assert "*“Desk &lt;!here&gt;” has changed.*" in told
    assert "-It is open in May.\n+It is open in &lt;June&gt;." in told
    assert f"<{CONSOLE}/documents/show?id={info.document_id}|Open its page" in told
    place.core.library, place.core.generation = (), place.core.generation + 1
    look()
    look()
    gone = heard(scene)[1:]
    assert len(gone) == 1
    assert "is gone.*" in gone[0]
    assert "May" not in gone[0]
    assert [m for m in scene.said() if m.channel != scene.sato.dm] == []


def test_the_bot_that_runs_looks_by_itself(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aspire_bot.slack.office.build._PAGES_EVERY_S", 0.0)
    info = place.write("It is open in June.")
    options = replace(OPTIONS, curator=place.curator)
    with run_bot(options=options, library=[replace(info, content_hash="other")]) as scene:
        watch(scene, info, generation=place.core.generation)
        watch(scene, info, kind="source", item="own", title="own", stands="", language="ja")
        scene.sato.waits_for_message(scene.sato.dm, lambda m: "has changed" in str(m.blocks))
        scene.sato.waits_for_message(scene.sato.dm, lambda m: "巡回で文書が" in str(m.blocks))
        assert len(heard(scene)) == 2
        assert "It is open" not in "".join(heard(scene))  # what changed before is no news


def test_a_bot_on_an_older_generation_and_one_beside_tell_nothing_again(
    scene: Scene, place: Place
) -> None:
    watch(scene, place.follow())
    old = Place(place.curator, ScriptedCore((), place.core.library, generation=1))
    place.write("It is open in June.")
    for one in (old, place, place, old):
        bot(scene, one).look()
    assert len(heard(scene)) == 1
    for number, text in ((2, "It is open in May."), (3, "It is open in June.")):
        place.write(text)  # as it stood before, and yet another change
        for one in (old, place):
            bot(scene, one).look()
        assert len(heard(scene)) == number


def test_a_crash_after_the_task_was_kept_tells_nobody_twice(
    scene: Scene, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(scene, place.follow())
    place.write("It is open in June.")

    def die(*_: object, **__: object) -> None:
        raise IndexUnavailableError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(PageWatches, "set_told", die)
        with pytest.raises(IndexUnavailableError):
            bot(scene, place).look()
    bot(scene, place).look()
    assert len(heard(scene)) == 1


class KilledError(BaseException):
    """The process dies."""


def test_a_crash_after_slack_took_the_message_tells_nobody_twice(
    scene: Scene, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    died, finish = threading.Event(), Inbox.finish

    def die(kept: Inbox, *given: str) -> None:
        if died.is_set():
            finish(kept, *given)  # pyright: ignore[reportArgumentType]  as it was called
            return
        died.set()
        raise KilledError

    watch(scene, place.follow())
    place.write("It is open in June.")
    monkeypatch.setattr(Inbox, "finish", die)
    monkeypatch.setattr(threading, "excepthook", print)
    bot(scene, place).look()
    assert died.wait(20)
    dead = inbox.update().where(inbox.c.state == "working")
    with scene.state.database.write() as connection:
        connection.execute(dead.values(owner="gone", lease_until=scene.state.database.now()))
    assert len(heard(scene)) == 1


def test_who_watches_a_source_is_told_of_each_visit_that_changed_it(
    scene: Scene, place: Place, tmp_path: Path
) -> None:
    info = place.follow()
    stands = source_state(place.curator.source_history("own"))
    watch(scene, info, kind="source", item="own", title="own", stands=stands, language="ja")
    _look_at_sources(scene, place, "1")
    assert heard(scene) == []
    place.write("It is open in June.")
    place.curator.sync([], is_dry_run=False)  # nothing has changed by then
    for slot in ("2", "3"):
        _look_at_sources(scene, place, slot)
    (told,) = heard(scene)
    assert "*「own」の巡回で文書が変わりました。*" in told
    assert "変更 1\n" in told
    assert f"<{CONSOLE}/sources/show?name=own|" in told
    place.write("It is open in July.")
    _look_at_sources(scene, place, "4")
    named = heard(scene)[-1]
    assert f"• <{CONSOLE}/documents/show?id={info.document_id}|Desk &lt;!here&gt;>" in named
    site = place.curator.scene.site
    place.curator.scene = SiteScene(site, tmp_path / "a machine that visits nothing", SOURCES)
    _look_at_sources(scene, place, "5")
    assert len(heard(scene)) == 2


def _look_at_sources(scene: Scene, place: Place, slot: str) -> None:
    """Have the sources looked at in ten minutes of their own."""
    for _ in range(2):
        bot(scene, place).look(slot)
    scene.settle()


def test_who_has_stopped_or_is_no_longer_staff_is_not_told(scene: Scene, place: Place) -> None:
    info = place.follow()
    watch(scene, info)
    ken = watch(scene, info, user="U2", watch_id="ken")
    place.write("It is open in June.")
    scene.state.page_watches.remove("document", info.document_id, "T1", "U3")
    bot(scene, place).look()
    assert heard(scene) == []
    assert scene.said() == []
    assert scene.state.page_watches.get(ken.watch_id) is None
