"""A home and a site: what tests of sync arrange, do and look at."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.counting import CountingEmbedder
from tests.lent_loader import lent_loader
from tests.small_index import EMBEDDER, NoChroma
from tests.test_site.server import Site

from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.load.types import KeepOriginal, LoadOptions
from aspire_ingest.pipeline.pipeline import Parts
from aspire_ingest.proposals.run_undo import keeping_runs
from aspire_ingest.split import SPLITTER_SETTINGS, split_document
from aspire_ingest.sync.report import SyncReport
from aspire_ingest.sync.sync import SyncParts, SyncRequest, sync
from aspire_ingest.web.pace import Stop
from aspire_ingest.web.sources_file import parse_sources
from aspire_ingest.web.types import FetchOptions

_SOURCES = """
sources:
  - name: meetings
    type: site
    start: ['{base}/aspire/', '{base}/aspire/en/']
    include: [/aspire/**]
    lists: [/aspire/, /aspire/en/]
    publisher: The Agency
    kind: news
    edition: [{{match: 'guideline_(20[0-9][0-9])', edition: 'FY\\1'}}]
    limits: {{delay_s: 0, timeout_s: 1, concurrency: 4}}
"""


@dataclass
class Scene:
    site: Site
    root: Path
    sources: str = _SOURCES
    embedder: CountingEmbedder = field(default_factory=CountingEmbedder)
    stop: Stop = field(default_factory=Stop)
    allow: Sequence[str] = ()
    """What may be fetched; empty: the site alone."""
    originals: KeepOriginal | None = None

    @contextmanager
    def parts(self) -> Generator[SyncParts]:
        host = self.site.base.removeprefix("http://")
        allowed = FetchOptions(allow=self.allow or (host,))
        options = LoadOptions(fetch=allowed, originals=self.originals)
        loader = lent_loader(options)
        parts = Parts(
            home=Home(self.root),
            source=loader,
            split=split_document,
            splitter=SPLITTER_SETTINGS,
            embedder=self.embedder,
            open_chroma=NoChroma,
        )
        keep = keeping_runs(parts.home)
        yield SyncParts(parts=parts, loader=loader, options=options, stop=self.stop, keep=keep)

    def sync(
        self,
        *,
        names: Sequence[str] = (),
        prune: bool = False,
        yes: bool = False,
        dry: bool = False,
    ) -> SyncReport:
        """Sync, with a count of requests and embedded texts that begins anew."""
        self.site.requests.clear()
        self.embedder.texts.clear()
        request = SyncRequest(
            file=parse_sources(self.sources.format(base=self.site.base), "sources.yaml"),
            names=names,
            prune=prune,
            allow_large_prune=yes,
            is_dry_run=dry,
        )
        with self.parts() as parts:
            return sync(request, parts)

    def documents(self) -> dict[str, DocumentInfo]:
        """The documents of the index by the path of their address."""
        with open_reader(self.root, embedder_name=EMBEDDER.name) as reader:
            infos = list(reader.documents().values())
        return {info.source.removeprefix(self.site.base): info for info in infos}

    def text(self, path: str) -> str:
        with open_reader(self.root, embedder_name=EMBEDDER.name) as reader:
            return reader.document(self.documents()[path].document_id).text

    def told(self, report: SyncReport) -> dict[str, object]:
        """What a report says, by paths; what is empty is left out."""
        paths = {
            name: one.place.removeprefix(self.site.base)
            for name, one in report.report.reviewed.named.items()
        }
        groups = ("added", "replaced", "removed", "gone", "standing_again")
        told: dict[str, object] = {
            group: sorted(paths[name] for name in getattr(report.report.plan, _PLAN[group]))
            for group in groups
        }
        for group, entries in (("failed", report.report.failures), ("skipped", report.skipped)):
            told[group] = sorted(
                _NUMBERS.sub(
                    "few characters where many",
                    f"{entry.target.removeprefix(self.site.base)}: {entry.error}",
                )
                for entry in entries
            )
        return {**{key: value for key, value in told.items() if value},
                "unchanged": report.as_json()["unchanged"]}  # fmt: skip


_NUMBERS = re.compile(r"\d+ characters where \d+")
_PLAN = {
    "added": "add",
    "replaced": "replace",
    "removed": "remove",
    "gone": "gone",
    "standing_again": "unmark",
}
