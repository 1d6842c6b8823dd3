"""The error tree: every error of ours is a ``KgError``; its text says what happened, where, and what to do.

    KgError
    ├── UsageError        the call or command is wrong (exit status 2)
    ├── InputError        one file, row or article cannot be read (counted, the rest goes on; exit status 1)
    ├── ModelError        a language pipeline cannot be loaded or has the wrong labels
    ├── OntologyError     a row of the ontology is faulty; names its file and subject
    ├── StoreError        the graph on disk cannot be opened, written or is in use
    ├── PushError         a server that the graph is sent to cannot be reached, or refuses
    ├── ClusterError      the workers of a cluster cannot be reached, or run another version
    └── QueryError        a query cannot be parsed or was stopped
"""

from __future__ import annotations


class KgError(Exception):
    """The root of all errors that this package raises on purpose."""


class UsageError(KgError):
    """The call or the command line is wrong; nothing was done."""


class InputError(KgError):
    """One piece of input cannot be read; ``source`` names the file and, after a colon, the line."""

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message


class ModelError(KgError):
    """A language pipeline cannot be loaded, or does not speak Universal Dependencies."""


class OntologyError(KgError):
    """A statement of the ontology is faulty; ``source`` names its file and subject."""

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.message = message


class StoreError(KgError):
    """The graph on disk cannot be opened or written."""


class PushError(KgError):
    """A server that the graph is sent to cannot be reached, or refuses."""


class ClusterError(KgError):
    """The workers of a cluster cannot be reached, or cannot read articles as this process does."""


class QueryError(KgError):
    """A query cannot be parsed, asks for what is not allowed, or was stopped."""
