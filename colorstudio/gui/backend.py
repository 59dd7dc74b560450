"""What the window needs from the rest of the program, behind one small interface.

`Services` imports the real thing when it is first asked, on a worker thread: torch takes seconds to
import and the empty window must not wait for it. Tests hand the window a fake instead.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.document.document import Document
    from colorstudio.document.reference import Reference
    from colorstudio.document.variation import Variation
    from colorstudio.imaging.photo import Photo
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.networks.suggesting import Suggestion
    from colorstudio.services.colorizing import OnRegion


@dataclass(frozen=True)
class Machine:
    """Where networks run, and the size at which they see a photo; 0 is each network's own."""

    device: str = "auto"
    working_size_px: int = 0


@dataclass(frozen=True)
class ModelChoice:
    """A network as the window offers it: what its `ModelDescriptor` says.

    Attributes
    ----------
    is_shipped
        Whether it comes with Color Studio.
    """

    name: str
    title: str
    description: str = ""
    vividness: float = 0.0
    weights_sha256: str = ""
    year: int = 0
    parameters: int = 0
    takes_hints: bool = True
    is_shipped: bool = True
    has_distribution: bool = True
    follows_references: bool = True
    has_variations: bool = True


@dataclass(frozen=True)
class Catalogue:
    """What can be chosen on this machine; the default network is the first."""

    models: tuple[ModelChoice, ...]
    devices: tuple[str, ...]


class ColouringResult(Protocol):
    """As `services.colorizing.Colouring`."""

    @property
    def chroma(self) -> Any: ...
    @property
    def model(self) -> str: ...
    @property
    def device(self) -> str: ...
    @property
    def seconds(self) -> dict[str, float]: ...
    @property
    def notes(self) -> Sequence[str]: ...


class VariedResult(Protocol):
    """As `services.varying.Varied`."""

    @property
    def variation(self) -> Variation: ...
    @property
    def colouring(self) -> ColouringResult: ...


class Backend(Protocol):
    """Everything slow that the window has done by others. Called on worker threads only.

    A working size of 0 pixels is the network's own.
    """

    def catalogue(self) -> Catalogue: ...

    def colorize(
        self,
        document: Document,
        *,
        device: str,
        working_size_px: int = 0,
        region: tuple[slice, slice] | None = None,
        on_region: OnRegion | None = None,
        token: ProgressToken,
    ) -> ColouringResult: ...

    def warm_up(self, document: Document, *, token: ProgressToken) -> None: ...

    def forget(self, photo: Photo) -> None: ...

    def preview(
        self, document: Document, base: ColouringResult | None, *, device: str, working_size_px: int = 0
    ) -> ColouringResult | None: ...

    def suggest(
        self,
        document: Document,
        row: float,
        col: float,
        count: int,
        *,
        device: str,
        working_size_px: int = 0,
    ) -> list[Suggestion]: ...

    def refer(
        self, document: Document, other: Photo, name: str, *, device: str, token: ProgressToken
    ) -> Reference: ...

    def variations(
        self,
        document: Document,
        count: int,
        first: int,
        *,
        device: str,
        working_size_px: int = 0,
        token: ProgressToken,
    ) -> Iterator[VariedResult]: ...

    def export(
        self,
        document: Document,
        colouring: ColouringResult,
        path: Path,
        options: WriteOptions,
        token: ProgressToken,
    ) -> Path: ...


class Services:
    """The backend of the real window: networks on this machine."""

    def __init__(self) -> None:
        self._service: Any = None
        self._is_settled = False
        # Two threads that import torch at once can each see the other's half of it.
        self._import_lock = threading.Lock()

    def _load(self) -> Any:
        with self._import_lock:
            if self._service is None:
                from colorstudio.services.colorizing import ColorizingService

                self._service = ColorizingService()
            return self._service

    def catalogue(self) -> Catalogue:
        self._load()
        from colorstudio.networks.registry import list_models
        from colorstudio.paths import shipped_models_dir
        from colorstudio.services.devices import available_devices

        shipped = shipped_models_dir()
        models = tuple(
            ModelChoice(
                info.name,
                info.title,
                info.description,
                info.vividness,
                info.weights_sha256,
                info.year,
                info.parameters,
                info.takes_hints,
                info.folder.is_relative_to(shipped),
                info.has_distribution,
                info.follows_references,
                info.has_variations,
            )
            for info in list_models()
        )
        return Catalogue(models, tuple(available_devices()))

    def colorize(
        self,
        document: Document,
        *,
        device: str,
        working_size_px: int = 0,
        region: tuple[slice, slice] | None = None,
        on_region: OnRegion | None = None,
        token: ProgressToken,
    ) -> ColouringResult:
        return self._load().colorize(
            document,
            device=device,
            working_size_px=working_size_px or None,
            region=region,
            on_region=on_region,
            token=token,
        )

    def warm_up(self, document: Document, *, token: ProgressToken) -> None:
        self._load().warm_up(document, token=token)
        if not self._is_settled:
            # What torch and numba have made stays: looking through it for garbage took 150 ms each time, in
            # which no thread of Python ran, the window's neither.
            self._is_settled = True
            gc.freeze()

    def forget(self, photo: Photo) -> None:
        self._load().forget(photo)

    def preview(
        self, document: Document, base: ColouringResult | None, *, device: str, working_size_px: int = 0
    ) -> ColouringResult | None:
        size = working_size_px or None
        return self._load().preview(document, base, device=device, working_size_px=size)

    def suggest(
        self,
        document: Document,
        row: float,
        col: float,
        count: int,
        *,
        device: str,
        working_size_px: int = 0,
    ) -> list[Suggestion]:
        size = working_size_px or None
        return self._load().suggest(document, row, col, count, device=device, working_size_px=size)

    def refer(
        self, document: Document, other: Photo, name: str, *, device: str, token: ProgressToken
    ) -> Reference:
        service = self._load()
        from colorstudio.services.reference import ReferencePhoto

        return service.refer(document, ReferencePhoto.of(other, name), device=device, token=token)

    def variations(
        self,
        document: Document,
        count: int,
        first: int,
        *,
        device: str,
        working_size_px: int = 0,
        token: ProgressToken,
    ) -> Iterator[VariedResult]:
        return self._load().variations(
            document,
            count,
            first=first,
            device=device,
            working_size_px=working_size_px or None,
            token=token,
        )

    def export(
        self,
        document: Document,
        colouring: ColouringResult,
        path: Path,
        options: WriteOptions,
        token: ProgressToken,
    ) -> Path:
        self._load()
        from colorstudio.services.exporting import export_document

        return export_document(document, colouring, path, options, token)  # type: ignore[arg-type]
