"""Work in batches to the workers of a Dask client, and back in its order; what kills workers is set aside."""

from __future__ import annotations

import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from kg.cluster.work import Answer, Answers, Job, Order, read, tell
from kg.errors import ClusterError
from kg.mapping import Pipeline, Read, Telling
from kg.records import Article

if TYPE_CHECKING:
    from distributed import Client, Future

    from kg.resolve import Kept

SIZE: Final = 4_000
"""A batch has about so many words, a second or two of work: what is sent beside it costs little, what is lost, too."""
BYTES: Final = 32
"""So many bytes of a kept record stand for a word."""
ITEMS: Final = 64
"""A batch has at most so many articles, those that need not be read included."""
AHEAD: Final = 3
"""So many batches are under way for each thread of the workers; memory does not grow with the corpus."""
PATIENCE: Final = 30.0
"""After so many seconds without a result it is asked whether any worker is left; twice, since they may be starting."""
REVIVALS: Final = 3
T = TypeVar("T")
Revive = Callable[[], None] | None
"""Starts new workers, where that is for us to do."""
Submit = Callable[[Sequence[Any]], "Future[Answers]"]
_AGAIN: Final = "what was read is kept; give the same command again"


@dataclass(slots=True)
class _Batch(Generic[T]):
    """Some things in their order, what must be done about some of them, and who does it."""

    items: list[tuple[T, bool]] = field(default_factory=list)
    todo: list[Any] = field(default_factory=list)
    size: int = 0
    future: Future[Answers] | None = None


class Cluster:
    """The mapper on the workers of a Dask client, which also tell what articles say.

    Raises ClusterError where these are gone or of no use.
    """

    def __init__(self, client: Client, pipeline: Pipeline, revive: Revive = None) -> None:
        self._client, self._revive, self._revived, model = client, revive, 0, pipeline.model
        files, model = pipeline.ontology.files, None if model is None else str(model)
        self._order = Order(files, model, pipeline.ranker, pipeline.stamp)
        self._under_way: set[Future[Answers]] = set()

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
        """Each article with its record, or its problem, in their order."""

        def todo(one: Read) -> tuple[Article | None, int]:
            return (None, 0) if one.done else (one.article, 1 + one.article.text.count(" "))

        for one, made in self._spread(reads, todo, partial(self._submit, read, self._order)):
            yield one if made is None else replace(
                one, kept=made.made, words=made.words, problem=made.problem, seconds=made.seconds
            )  # fmt: skip

    def tell(self, kept: Iterable[Kept], *, base: str, decisions: str) -> Iterator[Telling]:
        """What each article says, in their order."""

        def todo(one: Kept) -> tuple[Kept, int]:
            return one, 1 + len(one.record) // BYTES

        order = replace(self._order, base=base, decisions=decisions)
        for one, made in self._spread(kept, todo, partial(self._submit, tell, order)):
            assert made is not None
            yield Telling(one.article, zlib.decompress(made.made) if made.made else b"", made.rows, made.problem)

    def _spread(
        self, items: Iterable[T], todo: Callable[[T], tuple[Any, int]], submit: Submit
    ) -> Iterator[tuple[T, Answer | None]]:
        """Each thing with what a worker made of it, or None where ``todo`` tells of no work; else it tells how much."""
        window: deque[_Batch[T]] = deque()
        try:
            for batch in _batches(items, todo):
                if batch.todo:
                    batch.future = submit(batch.todo)
                window.append(batch)
                while window and (window[0].future is None or len(window) >= self._ahead()):
                    yield from self._results(window.popleft(), submit)
            while window:
                yield from self._results(window.popleft(), submit)
        finally:
            for batch in window:
                if batch.future is not None:
                    self._under_way.discard(batch.future)
                    batch.future.cancel()

    def _ahead(self) -> int:
        """How many batches may be under way; workers come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(1, sum(threads.values()))

    def _submit(self, job: Job, order: Order, todo: Sequence[Any]) -> Future[Answers]:
        future = self._client.submit(job, todo, order, pure=False, retries=1)
        self._under_way.add(future)
        return future

    def _results(self, batch: _Batch[T], submit: Submit) -> Iterator[tuple[T, Answer | None]]:
        answers = iter(self._answers(batch.todo, batch.future, submit) if batch.future is not None else [])
        for item, worked in batch.items:
            yield item, next(answers) if worked else None

    def _answers(self, todo: Sequence[Any], future: Future[Answers], submit: Submit) -> list[Answer]:
        """What became of a batch; where it failed, of its halves."""
        begun = time.perf_counter()
        try:
            return self._waited(future)
        except ClusterError:
            raise
        except Exception as error:  # whatever the work, or its way here, broke with: mostly a worker that died of it
            if len(todo) > 1:
                half = len(todo) // 2
                halves = [(some, submit(some)) for some in (todo[:half], todo[half:])]
                return [answer for some, again in halves for answer in self._answers(some, again, submit)]
            self._wait_for_others()  # so that it is nobody else's fault where the worker dies once more
            try:
                return self._waited(submit(todo))
            except ClusterError:
                raise
            except Exception:
                return [Answer(b"", _set_aside(error), time.perf_counter() - begun)]

    def _waited(self, future: Future[Answers]) -> list[Answer]:
        try:
            answers: Answers = self._patiently(future)
        except (CancelledError, OSError) as error:
            raise ClusterError(f"the cluster is gone ({error}); {_AGAIN}") from error
        except ImportError as error:
            raise ClusterError(f"the workers cannot load newskg ({error}); install it there, too") from error
        finally:
            self._under_way.discard(future)
        if isinstance(answers, str):
            raise ClusterError(f"{answers}; make the workers alike to this process; {_AGAIN}")
        return answers

    def _patiently(self, future: Future[Answers]) -> Any:
        """What comes of some work, as long as there is anybody to do it."""
        alone = 0
        while True:
            try:
                return future.result(timeout=PATIENCE)
            except TimeoutError:
                alone = 0 if self._client.nthreads() else alone + 1
            if alone >= 2:
                if self._revive is None or self._revived >= REVIVALS:
                    raise ClusterError(f"no worker has been there for {PATIENCE:.0f} seconds; {_AGAIN}")
                self._revive()
                self._revived, alone = self._revived + 1, 0

    def _wait_for_others(self) -> None:
        for future in list(self._under_way):
            with suppress(CancelledError):
                future.exception()  # comes back when it is done, well or not


def _batches(items: Iterable[T], todo: Callable[[T], tuple[Any, int]]) -> Iterator[_Batch[T]]:
    """Things in batches of so much work."""
    batch = _Batch[T]()
    for item in items:
        work, size = todo(item)
        batch.items.append((item, work is not None))
        batch.size += size
        if work is not None:
            batch.todo.append(work)
        if batch.size >= SIZE or len(batch.items) >= ITEMS:
            yield batch
            batch = _Batch[T]()
    if batch.items:
        yield batch


def _set_aside(error: Exception) -> str:
    """What to tell of an article that no worker could read."""
    return f"the article could not be read: each worker that tried broke off ({type(error).__name__}); please report it"


__all__ = ["Cluster", "Revive"]
