"""What is in the index, for `list`, `show` and `status`: read without a model."""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.home import Home, hold_current
from aspire_ingest.index.generations.manifest import ManifestFile, read_manifest
from aspire_ingest.index.open_index import bring_here
from aspire_ingest.index.store.store import STORE_NAME, KnownDocument, Store
from aspire_ingest.index.types import DocumentInfo, Occasion, Override, Remark
from aspire_ingest.pages import Page, pages_of
from aspire_ingest.remarks import warnings_of

Fields = dict[str, object]


class Catalog:
    """The documents of one generation, while it is held."""

    def __init__(self, manifest: ManifestFile, store: Store) -> None:
        """Read what is asked for, when it is asked for."""
        self._manifest = manifest
        self._store = store

    def listing(self) -> list[Fields]:
        """What `list --json` says of each document, in id order."""
        counts = self._store.passage_counts()
        return [
            _fields(info, counts.get(document_id, 0))
            for document_id, info in self._store.documents().items()
        ]

    @property
    def manifest(self) -> ManifestFile:
        """What the generation is, and when it was published."""
        return self._manifest

    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of every document, by id."""
        return self._store.documents()

    def known(self) -> Mapping[str, KnownDocument]:
        """Where every document comes from, by id."""
        return self._store.known()

    def texts(self) -> Iterator[tuple[str, str]]:
        """The id and the text of each document, one after the other."""
        return self._store.texts()

    def _kinds(self) -> dict[str, int]:
        kinds = Counter(info.kind for info in self._store.documents().values())
        return dict(kinds.most_common())

    def shown(self, document_id: str) -> Fields:
        """What `show --json` says of a document.

        Raises:
            KeyError: no document has this id.
        """
        document = self._store.document(document_id)
        passages = len(self._store.passages_of(document_id))
        info = document.info
        return {
            **_fields(info, passages),
            "remarks": [asdict(remark) for remark in info.remarks],
            "text": document.text,
        }

    def pages(self, document_id: str) -> list[Page]:
        """The indexed text of a document by its pages; KeyError where it is unknown."""
        return pages_of(self._store.document(document_id))

    def occasions(self, document_id: str) -> tuple[Occasion, ...]:
        """When what a document tells of takes place; KeyError where it is unknown."""
        return self._store.documents()[document_id].occasions

    def remarks(self, document_id: str) -> tuple[Remark, ...]:
        """What of its file a document's text does not show; KeyError where it is unknown."""
        return self._store.documents()[document_id].remarks

    def doubtful(self) -> list[Fields]:
        """Documents whose text may be wrong or lacks something, the worst first."""
        found = [info for info in self.documents().values() if info.quality < 1]
        found.sort(key=lambda info: (info.quality, info.document_id))
        return [
            {
                "document_id": info.document_id,
                "target": info.url or info.source,
                "title": info.title,
                "quality": info.quality,
                "warnings": warnings_of(info.remarks),
            }
            for info in found
        ]

    def mean_quality(self) -> float:
        """How well the documents were read on average; 1 where there are none."""
        documents = self.documents()
        whole = sum(info.quality for info in documents.values())
        return round(whole / len(documents), 3) if documents else 1.0

    def status(self) -> dict[str, str | int | float | Mapping[str, int] | None]:
        """What `status --json` says of the index."""
        manifest = self._manifest
        return {
            "index_version": manifest.manifest.index_version,
            "as_of": manifest.published_at,
            "documents": manifest.documents,
            "passages": manifest.passages,
            "languages": manifest.languages,
            "kinds": self._kinds(),
            "with_unread_pages": sum(bool(info.unread_pages) for info in self.documents().values()),
            "read_by_ocr": sum(bool(info.ocr_spans) for info in self.documents().values()),
            "with_remarks": sum(bool(info.remarks) for info in self.documents().values()),
            "quality": self.mean_quality(),
            "gone": sum(info.gone_since is not None for info in self._store.documents().values()),
            "fingerprint": manifest.fingerprint,
            "embedding": manifest.embedding,
        }


@contextmanager
def open_catalog(home: Home) -> Generator[Catalog]:
    """The current generation, held until the block ends.

    Raises:
        IndexMissingError: nothing was published here.
        IndexAccessError: it is damaged.
    """
    bring_here(home)
    number, hold = hold_current(home)
    try:
        folder = home.generation(number)
        store = Store(folder / STORE_NAME)
        try:
            yield Catalog(read_manifest(folder), store)
        finally:
            store.close()
    except FileNotFoundError as error:
        raise IndexAccessError(
            f"The index at {home.root} is not whole ({error}); run `aspire-ingest verify`"
        ) from error
    finally:
        hold.release()


def _fields(info: DocumentInfo, passages: int) -> Fields:
    return {
        "document_id": info.document_id,
        "source": info.source,
        "title": info.title,
        "url": info.url,
        "published": info.published,
        "language": info.language,
        "kind": info.kind,
        "edition": info.edition,
        "audience": info.audience,
        "passages": passages,
        "publisher": info.publisher,
        "supersedes": info.supersedes,
        "gone_since": info.gone_since,
        "published_from": info.published_from,
        "occasions": [asdict(occasion) for occasion in info.occasions],
        "remarks": len(info.remarks),
        "quality": info.quality,
        "warnings": warnings_of(info.remarks),
        **_override_fields(info.override),
    }


def _override_fields(override: Override | None) -> Fields:
    """What staff set of it: `set_by_staff` names the fields."""
    said = override or Override()
    return {
        "set_by_staff": list(said.fields),
        "left_out_pages": list(said.pages),
        "replaced_by": said.file or None,
    }
