"""Results at an address instead of a folder: a store such as S3, a server, or anything else that fsspec knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leaflet.errors import LeafletError, Problem

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def write_at(address: str, files: Mapping[str, bytes]) -> None:
    """Write ``files`` below ``address``; each appears whole or not at all.

    Raises:
        LeafletError: the address cannot be written to.
    """
    store, folder = _store(address)
    try:
        store.makedirs(folder, exist_ok=True)
        with store.transaction:
            for name, data in files.items():
                with store.open(f"{folder}/{name}", "wb") as stream:
                    stream.write(data)
    except OSError as error:
        raise _refused(address, error) from None


def list_at(address: str) -> dict[str, int]:
    """Return the names and sizes of the files below ``address``; none if it does not exist yet.

    Raises:
        LeafletError: the address cannot be read.
    """
    store, folder = _store(address)
    try:
        found = store.ls(folder, detail=True, refresh=True) if store.exists(folder) else []
    except OSError as error:
        raise _refused(address, error) from None
    return {entry["name"].rpartition("/")[2]: entry["size"] for entry in found if entry["type"] == "file"}


def _store(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        hint = "install it with: pip install 'leaflet-press[dask]'"
        raise LeafletError(Problem(message="--to needs the package fsspec", hint=hint)) from None
    try:
        store, folder = url_to_fs(address)
    except (ImportError, ValueError, OSError) as error:
        hint = "write it as fsspec knows it, for example s3://bucket/folder; some kinds need a package of their own"
        raise LeafletError(Problem(message=f'"{address}" cannot be opened: {error}', hint=hint)) from None
    return store, folder.rstrip("/")


def _refused(address: str, error: OSError) -> LeafletError:
    hint = "look at the address and at what you may do there"
    return LeafletError(Problem(message=f'"{address}" does not take files: {error}', hint=hint))
