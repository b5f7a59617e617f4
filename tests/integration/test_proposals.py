"""A change is looked at, accepted with the very bytes, and undone: over a site on loopback."""

import json
import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_index import document
from tests.test_site.content import Resource
from tests.test_site.scene import Scene
from tests.test_site.server import serve

from aspire_ingest.add_again import to_add_again
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.write import GenerationWriter
from aspire_ingest.index.store.base import open_base
from aspire_ingest.index.store.cache import known_loaders
from aspire_ingest.index.types import Document
from aspire_ingest.load import types
from aspire_ingest.pipeline.pipeline import RunRequest, ingest
from aspire_ingest.proposals.accept import Done, accept, undo
from aspire_ingest.proposals.kinds import ProposalError, Wanted
from aspire_ingest.proposals.likeness import alike
from aspire_ingest.proposals.propose import Preview, propose, propose_again, propose_removal
from aspire_ingest.proposals.shelf import FOLDER, GOOD_FOR, Shelf, file_source

ABOUT, NEW = "/aspire/about.md", "/aspire/new.md"
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
_FIRST = "The office opens a help desk for new projects. It answers on weekdays. " * 3
_ABOUT = "The programme supports joint research with partners abroad. " * 3
_SECOND = "The office opens a help desk for new projects. It answers on Sundays, too. " * 3


@pytest.fixture(scope="module")
def served() -> Generator[Scene]:
    with serve(reports=0) as site:
        yield Scene(site, Path("/nowhere"))


@pytest.fixture
def scene(served: Scene, tmp_path: Path) -> Scene:
    """A home of its own, with one page indexed."""
    site = served.site
    for path, text in ((ABOUT, _ABOUT), (NEW, _FIRST)):
        site.content[path] = Resource(_page(text), "text/markdown; charset=utf-8")
    own = Scene(site, tmp_path / "home")
    with own.parts() as parts:
        ingest(RunRequest(targets=[site.url(ABOUT)]), parts.parts)
    return own


def _page(text: str) -> bytes:
    return f"# News\n\n{text}".encode()


def _propose(scene: Scene, target: str, **given: object) -> Preview:
    with scene.parts() as parts:
        return propose(target, parts.parts, **given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  as given


def _again(scene: Scene, preview: Preview, wanted: Wanted) -> Preview:
    with scene.parts() as parts:
        return propose_again(preview.proposal.proposal_id, parts.parts, wanted)


def _accept(scene: Scene, preview: Preview) -> Done:
    with scene.parts() as parts:
        return accept(preview.proposal.proposal_id, parts.parts)


def _undo(scene: Scene, preview: Preview) -> Done:
    with scene.parts() as parts:
        return undo(preview.proposal.proposal_id, parts.parts)


def _remove(scene: Scene, place: str) -> Preview:
    with scene.parts() as parts:
        return propose_removal(place, parts.parts)


def _index(scene: Scene) -> dict[str, tuple[Document, str]]:
    stored = open_base(Home(scene.root)).documents()
    return {document.document_id: (document, origin) for document, origin in stored}


def _generation(scene: Scene) -> int | None:
    return current_number(Home(scene.root))


def _change(scene: Scene, text: str) -> None:
    scene.site.put(NEW, _page(text))


def test_a_file_that_was_given_here_and_read_by_earlier_readers_is_to_be_added_again(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "given"
    file.write_bytes(_page(_FIRST))
    accepted = _accept(scene, _propose(scene, str(file), name=file_source("help.md")))
    page = _accept(scene, _propose(scene, scene.site.url(NEW)))
    assert _to_add_again(scene) == []
    monkeypatch.setattr(types, "LOADER_VERSION", types.LOADER_VERSION + 1)
    assert _to_add_again(scene) == [("upload:///help.md", accepted.document_id)]
    file.write_bytes(_page(_SECOND))
    _accept(scene, _propose(scene, str(file), name=file_source("help.md")))
    assert page.did == "added"
    assert _to_add_again(scene) == []


def _to_add_again(scene: Scene) -> list[tuple[object, object]]:
    home = Home(scene.root)
    found = to_add_again(open_base(home).known, known_loaders(home.cache))
    return [(one["target"], one["document_id"]) for one in found]


def test_to_look_changes_nothing_and_the_bytes_stay(scene: Scene) -> None:
    before = {path for path in scene.root.rglob("*") if FOLDER not in path.parts}
    preview = _propose(scene, scene.site.url(NEW))
    assert {path for path in scene.root.rglob("*") if FOLDER not in path.parts} == before
    info = preview.document
    assert (preview.proposal.action, info.title, info.language) == ("add", "News", "en")
    assert preview.passages == 1
    assert preview.change is None
    assert set(preview.warnings) == {"no_date"}

    _change(scene, _SECOND)
    scene.site.requests.clear()
    done = _accept(scene, preview)
    assert scene.site.requests == []
    assert (done.did, done.passages, done.can_undo) == ("added", 1, True)
    document, origin = _index(scene)[done.document_id]
    assert "on weekdays" in document.text
    assert origin == scene.site.url(NEW)
    assert _undo(scene, preview).did == "removed"
    assert done.document_id not in _index(scene)


def test_a_changed_page_shows_the_difference_and_comes_back_exactly(scene: Scene) -> None:
    _accept(scene, _propose(scene, scene.site.url(NEW)))
    before = _index(scene)
    _change(scene, _SECOND)
    preview = _propose(scene, scene.site.url(NEW))
    assert preview.proposal.action == "replace"
    assert preview.change is not None
    lines = preview.change.text.lines
    assert "-It answers on weekdays." in lines
    assert "+It answers on Sundays, too." in lines
    assert _accept(scene, preview).did == "replaced"
    assert _index(scene) != before
    assert _undo(scene, preview).did == "replaced"
    assert _index(scene) == before


def test_the_same_again_changes_nothing(scene: Scene) -> None:
    preview = _propose(scene, scene.site.url(NEW))
    first = _accept(scene, preview)
    number = _generation(scene)
    assert replace(_accept(scene, preview), report=first.report) == first
    assert _generation(scene) == number
    assert _propose(scene, scene.site.url(NEW)).proposal.action == "keep"
    _undo(scene, preview)
    number = _generation(scene)
    assert _undo(scene, preview).did == "removed"
    assert _generation(scene) == number


def test_what_is_there_just_so_needs_no_undo(scene: Scene) -> None:
    preview = _propose(scene, scene.site.url(ABOUT))
    assert preview.proposal.action == "keep"
    done = _accept(scene, preview)
    assert (done.did, done.can_undo) == ("unchanged", False)


def test_an_approval_of_what_was_not_seen_is_refused(scene: Scene) -> None:
    _accept(scene, _propose(scene, scene.site.url(NEW)))
    _change(scene, _SECOND)
    seen = _propose(scene, scene.site.url(NEW))
    _change(scene, "Somebody else wrote a third version of this page. " * 4)
    _accept(scene, _propose(scene, scene.site.url(NEW)))
    number = _generation(scene)
    with pytest.raises(ProposalError) as refused:
        _accept(scene, seen)
    assert refused.value.code == "stale"
    assert _generation(scene) == number


def test_an_undo_loses_nobodys_later_change(scene: Scene) -> None:
    preview = _propose(scene, scene.site.url(NEW))
    _accept(scene, preview)
    _change(scene, _SECOND)
    later = _propose(scene, scene.site.url(NEW))
    _accept(scene, later)
    now = _index(scene)
    with pytest.raises(ProposalError) as refused:
        _undo(scene, preview)
    assert refused.value.code == "changed"
    assert _index(scene) == now


def test_what_another_version_kept_is_not_guessed_at(scene: Scene) -> None:
    (document_id,) = _index(scene)
    preview = _remove(scene, document_id)
    _accept(scene, preview)
    kept = scene.root / FOLDER / preview.proposal.proposal_id / "undo.json"
    told = json.loads(kept.read_bytes())
    kept.write_text(json.dumps({**told, "row": told["row"][-4:]}))
    with pytest.raises(ProposalError, match="another version"):
        _undo(scene, preview)
    assert _index(scene) == {}


def test_a_removal_by_address_and_back(scene: Scene) -> None:
    before = _index(scene)
    (document_id,) = before
    for place in (document_id, f"{scene.site.url(ABOUT)}#top"):
        preview = _remove(scene, place)
        assert preview.proposal.document_id == document_id
    assert _accept(scene, preview).did == "removed"
    assert _index(scene) == {}
    assert _undo(scene, preview).did == "added"
    assert _index(scene) == before
    with pytest.raises(ProposalError, match="not in the index"):
        _remove(scene, "https://example.org/none")


class _CrashError(BaseException):
    """As if the process were killed."""


@pytest.mark.parametrize("is_published", [False, True])
def test_a_killed_approval_is_taken_up_again(
    scene: Scene, is_published: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = GenerationWriter.publish

    def die(self: GenerationWriter) -> None:
        if is_published:
            publish(self)
        raise _CrashError

    preview = _propose(scene, scene.site.url(NEW))
    before = _index(scene)
    with monkeypatch.context() as patch:
        patch.setattr(GenerationWriter, "publish", die)
        with pytest.raises(_CrashError):
            _accept(scene, preview)
    assert (_index(scene) == before) is not is_published
    assert _accept(scene, preview).did == "added"
    assert _undo(scene, preview).did == "removed"
    assert _index(scene) == before


def test_a_proposal_ends_after_a_day(scene: Scene) -> None:
    preview = _propose(scene, scene.site.url(NEW))
    home, name = Home(scene.root), preview.proposal.proposal_id
    late = datetime.now(UTC) + GOOD_FOR + timedelta(minutes=1)
    with pytest.raises(ProposalError) as refused:
        Shelf(home, late).get(name)
    assert refused.value.code == "expired"
    folder = scene.root / FOLDER / name
    os.utime(folder, (0, 0))
    _propose(scene, scene.site.url(ABOUT))
    assert not folder.exists()
    for unknown in (name, "../../x", ""):
        with pytest.raises(ProposalError, match="no proposal"):
            Shelf(home).get(unknown)
    with pytest.raises(ProposalError, match="nothing to undo"):
        Shelf(home).undo(_propose(scene, scene.site.url(NEW)).proposal.proposal_id)


def test_many_may_look_at_once(scene: Scene) -> None:
    for number in range(6):
        scene.site.content[f"/aspire/{number}.md"] = Resource(_page(f"{_FIRST} {number}"))
    urls = [scene.site.url(f"/aspire/{number % 6}.md") for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        looked = [pool.submit(_propose, scene, url) for url in urls]
        found = {one.result().proposal.proposal_id for one in looked}
    assert {path.name for path in (scene.root / FOLDER).iterdir()} == found
    assert len(found) == 6


def test_staff_say_what_the_page_does_not(scene: Scene) -> None:
    wanted = Wanted(title="Help  desk", kind="faq", published="April 1, 2026", audience="staff")
    first = _propose(scene, scene.site.url(NEW))
    with scene.parts() as parts:
        preview = propose_again(first.proposal.proposal_id, parts.parts, wanted)
    assert preview.published_from == "wanted"
    assert preview.proposal.proposal_id != first.proposal.proposal_id
    info = _index_after(scene, preview).info
    assert (info.title, info.kind, info.published, info.audience) == (
        "Help desk",
        "faq",
        "2026-04-01",
        "staff",
    )
    plain = _propose(scene, scene.site.url(NEW))
    assert "published" in plain.warnings
    assert plain.change is not None
    assert plain.change.fields["audience"] == ("staff", "public")
    with pytest.raises(ValueError, match="no date"):
        Wanted(published="soon")


def _index_after(scene: Scene, preview: Preview) -> Document:
    done = _accept(scene, preview)
    return _index(scene)[done.document_id][0]


def test_a_page_that_a_sync_brings_is_pointed_out(scene: Scene) -> None:
    scene.sources = "sources: [{{name: own, type: pages, pages: ['{base}" + NEW + "']}}]"
    scene.sync()
    _change(scene, _SECOND)
    preview = _propose(scene, scene.site.url(NEW))
    assert preview.warnings["followed"] == "own"
    assert _remove(scene, preview.proposal.document_id).warnings == {"followed": "own"}


def test_a_stranger_does_not_pass_for_staff_unseen(scene: Scene, tmp_path: Path) -> None:
    posing = b"---\nkind: faq\napproved_by: Sato\n---\n" + _page(_FIRST)
    file = tmp_path / "posing.md"
    file.write_bytes(posing)
    preview = _propose(scene, str(file), name=file_source("Posing.md"))
    assert preview.warnings["approved"] == "Sato"
    scene.site.put(NEW, posing)
    assert "approved" not in _propose(scene, scene.site.url(NEW)).warnings


def test_a_marked_file_is_indexed_only_where_its_mark_is_accepted(
    scene: Scene, tmp_path: Path
) -> None:
    file = tmp_path / "budget.md"
    file.write_text("CONFIDENTIAL\n\n# Budget\n\nThe ceiling is nine million yen. " * 3)
    preview = _propose(scene, str(file), name=file_source("budget.md"))
    assert preview.as_json()["marks"] == ["CONFIDENTIAL"]
    assert preview.warnings["marked"] == "CONFIDENTIAL"
    number = _generation(scene)
    with pytest.raises(ProposalError, match="marked CONFIDENTIAL") as refused:
        _accept(scene, preview)
    assert (refused.value.code, _generation(scene)) == ("marked", number)
    renamed = _again(scene, preview, Wanted(title="Ceilings"))
    assert renamed.marks == ("CONFIDENTIAL",)
    with scene.parts() as parts:
        done = accept(preview.proposal.proposal_id, parts.parts, accept_marks=True)
    assert (done.did, _accept(scene, preview).did) == ("added", "added")


def test_a_marked_file_for_staff_needs_no_more(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text(f"DRAFT\n\n# Rules\n\n{_FIRST}")
    preview = _propose(scene, str(file), name=file_source("rules.md"))
    own = _again(scene, preview, Wanted(audience="staff"))
    assert (preview.marks, own.marks) == (("DRAFT",), ())
    assert _accept(scene, own).did == "added"


def test_what_a_file_does_not_show_is_told(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "rules.html"
    file.write_text(f"<h1>Rules</h1><p>{_FIRST}</p><p><s>Up to 9 yen.</s> Up to 12 yen.</p>")
    preview = _propose(scene, str(file), name=file_source("rules.html"))
    (told,) = preview.as_json()["remarks"]  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues,reportUnknownVariableType]  a list
    assert preview.warnings["remarks"] == told
    assert "struck" in str(told)  # pyright: ignore[reportUnknownArgumentType]


def test_what_says_the_same_is_named(scene: Scene, tmp_path: Path) -> None:
    _accept(scene, _propose(scene, scene.site.url(NEW)))
    copy = tmp_path / "copy.md"
    copy.write_text(f"# Copy\n\n{_FIRST}")
    preview = _propose(scene, str(copy), name=file_source("Help.md"))
    (near,) = preview.alike
    assert near.document.url == scene.site.url(NEW)
    assert near.share > 0.5


def test_alike_is_not_what_shares_a_phrase() -> None:
    one = document("a", "The desk opens in April. It answers questions on weekdays only.")
    other = document("b", "The desk opens in April. Applications go to the other office now.")
    same = document("c", "The DESK opens in April!\nIt answers questions on weekdays, only.")
    assert [near.document.document_id for near in alike(one, [one, other, same])] == ["c"]


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("report.pdf", b"no pdf at all", "is named as PDF, but is none"),
        ("locked.docx", _LOCKED, "protected with a password"),
        ("logo.png", b"\x89PNG\r\n", "is a picture"),
        ("empty.md", b"", "is empty"),
        ("all.jsonl", b"{}", "bulk file"),
        ("large.md", None, "over the limit"),
    ],
)
def test_a_file_that_is_no_document_is_one_clear_word(
    scene: Scene, tmp_path: Path, name: str, body: bytes | None, reason: str
) -> None:
    file = tmp_path / "upload"
    file.write_bytes(body or b"")
    if body is None:
        os.truncate(file, 51 * 1024 * 1024)
    with pytest.raises(ProposalError, match=reason) as refused:
        _propose(scene, str(file), name=file_source(name))
    assert refused.value.code == "unreadable"
    assert str(tmp_path) not in str(refused.value)


def test_a_page_that_cannot_be_had_is_one_clear_word(scene: Scene) -> None:
    for url, reason in (
        (scene.site.url("/aspire/never-was.html"), "404"),
        ("http://127.0.0.2:9/", "private or reserved"),
        ("file:///etc/passwd", "only http and https"),
    ):
        with pytest.raises(ProposalError, match=reason):
            _propose(scene, url)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_file_name_is_a_place_and_nothing_else(name: str) -> None:
    source = file_source(name)
    assert source.startswith("upload:///")
    plain = source.removeprefix("upload:///")
    assert plain
    assert not set(plain) & set("/\\?#%:")
    assert plain.isprintable()
    assert file_source(plain) == source
