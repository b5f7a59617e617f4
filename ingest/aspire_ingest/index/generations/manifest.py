"""The manifest file of a generation: what it is and all that shaped it."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aspire_ingest.index.errors import IndexAccessError, IndexMismatchError
from aspire_ingest.index.generations.fingerprint import Shape, differences
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.types import IndexManifest

MANIFEST_NAME = "manifest.json"
REBUILD_HINT = "`aspire-ingest verify --rebuild` makes it anew from the stored documents"


class ManifestFile(BaseModel):
    """The file as it lies on disk, checked when read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: int
    generation: Annotated[int, Field(ge=1)]
    fingerprint: str
    embedding: str
    dimension: Annotated[int, Field(ge=1)]
    splitter: str
    analysis: str
    published_at: str
    documents: int
    passages: int
    languages: dict[str, int]

    @property
    def shape(self) -> Shape:
        """What shaped the generation."""
        return Shape(
            schema=self.schema_version,
            embedding=self.embedding,
            dimension=self.dimension,
            splitter=self.splitter,
            analysis=self.analysis,
        )

    @property
    def manifest(self) -> IndexManifest:
        """The manifest as both programs know it."""
        return IndexManifest(
            schema_version=self.schema_version,
            generation=self.generation,
            fingerprint=self.fingerprint,
            embedding=self.embedding,
            dimension=self.dimension,
            published_at=self.published_at,
            documents=self.documents,
            passages=self.passages,
            languages=self.languages,
        )


def write_manifest(folder: Path, manifest: IndexManifest, shape: Shape) -> None:
    """Write the manifest of a generation that is not published yet."""
    file = ManifestFile(
        schema_version=shape.schema,
        generation=manifest.generation,
        fingerprint=shape.fingerprint,
        embedding=shape.embedding,
        dimension=shape.dimension,
        splitter=shape.splitter,
        analysis=shape.analysis,
        published_at=manifest.published_at,
        documents=manifest.documents,
        passages=manifest.passages,
        languages=dict(manifest.languages),
    )
    text = json.dumps(file.model_dump(), indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> ManifestFile:
    """Read and check the manifest of a generation.

    Raises:
        FileNotFoundError: there is none.
        IndexAccessError: it cannot be understood, or its fingerprint does not fit its parts.
    """
    path = folder / MANIFEST_NAME
    try:
        file = ManifestFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise IndexAccessError(
            f"{path} is damaged; run `aspire-ingest verify` to repair the index"
        ) from error
    if file.fingerprint != file.shape.fingerprint:
        raise IndexAccessError(
            f"{path} contradicts itself; run `aspire-ingest verify` to repair the index"
        )
    return file


def check_readable(file: ManifestFile, *, embedder_name: str, analysis: str) -> None:
    """Refuse a generation whose vectors or words the present settings cannot query.

    Raises:
        IndexMismatchError: with the settings to change or the command to run.
    """
    if file.schema_version > SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index was written by a newer release (tables {file.schema_version}, this release "
            f"knows {SCHEMA_VERSION}). Upgrade aspire-bot, or index the documents again elsewhere."
        )
    if file.schema_version < SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index was written by an older release (tables {file.schema_version}, this "
            f"release needs {SCHEMA_VERSION}): {REBUILD_HINT}."
        )
    if file.embedding != embedder_name:
        raise IndexMismatchError(
            f"The index was made with the embedding {file.embedding}, the settings ask for "
            f"{embedder_name}. Set ASPIRE_EMBEDDING back, or change the index: {REBUILD_HINT}."
        )
    if file.analysis != analysis:
        raise IndexMismatchError(
            f"The index holds words of analysis {file.analysis}, this release makes {analysis}: "
            f"{REBUILD_HINT}, and so does the next `add` or `sync`. Nothing is embedded again."
        )


def check_writable(file: ManifestFile, shape: Shape) -> None:
    """Refuse to add to a generation of another shape.

    Raises:
        IndexMismatchError: with each part that differs and the command to run.
    """
    if file.shape != shape:
        changed = "; ".join(differences(file.shape, shape))
        raise IndexMismatchError(
            f"The index was made with other settings ({changed}). Nothing was changed. Set them "
            f"back, or: {REBUILD_HINT}."
        )
