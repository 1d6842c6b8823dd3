"""Article -> linked record, by many processes: the mapper of `kg.mapping` on Dask, on this machine or a cluster.

Articles go to the workers in batches of so many words, a few batches a worker at a time, and come back in their order
as bytes; a worker loads the language pipeline once. The batch of a worker that dies is done by another one. A batch
that fails again is halved, down to the article at fault, which is set aside with its problem, and nothing else is.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg import record_bytes
from kg.errors import ClusterError, KgError, UsageError
from kg.mapping import Mapper, Pipeline, Read
from kg.records import Article

if TYPE_CHECKING:
    from distributed import Client, Future

WORDS: Final = 8_000
"""A batch has about so many words, some seconds of work: what is sent beside it costs little, what is lost, too."""
ITEMS: Final = 64
"""A batch has at most so many articles, those that need not be read included."""
AHEAD: Final = 3
"""So many batches are under way for each thread of the workers; memory does not grow with the corpus."""
PATIENCE: Final = 30.0
"""After so many seconds without a result it is asked whether any worker is left; twice, since they may be starting."""
REVIVALS: Final = 3
Revive = Callable[[], None] | None
"""Starts new workers, where that is for us to do."""
_BLAME: Final = {"distributed.scheduler.worker-saturation": 1.0, "distributed.scheduler.allowed-failures": 1}
_QUIET: Final = {"logging.distributed": "critical"}
_DASK: Final = "dask"
_AGAIN: Final = "what was read is kept; give the same command again"


@contextmanager
def mapping(pipeline: Pipeline, *, workers: int = 1, address: str | None = None) -> Iterator[Mapper | None]:
    """What reads articles on so many processes of this machine, or on the cluster at an address; None for one process.

    Raises UsageError where Dask is not installed or both are asked for, ClusterError where no worker can be had.
    """
    if workers < 1 or (address and workers > 1):
        raise UsageError("--workers is at least 1, and goes without --cluster, which has workers of its own")
    if workers == 1 and not address:
        yield None
        return
    with _local(workers) if address is None else _connected(address) as (client, revive):
        yield Cluster(client, pipeline, revive)


@contextmanager
def _local(workers: int) -> Iterator[tuple[Client, Revive]]:
    """Processes of this machine, one thread each, that nobody else can talk to: all is encrypted with keys of the run.

    A worker is given one batch at a time, so that one that dies is the fault of no other. Dask starts a new one for
    each that dies, but not always where they die soon after one another; when none is left, we start others.
    """
    dask, distributed = _libraries()
    with dask.config.set(_QUIET | _BLAME):
        try:
            security = distributed.Security.temporary()
        except ImportError as error:
            raise _missing(error) from error
        with (
            distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
                security=security, silence_logs="CRITICAL",
            ) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):  # fmt: skip
            yield client, lambda: cluster.scale(len(cluster.worker_spec) + workers)


@contextmanager
def _connected(address: str) -> Iterator[tuple[Client, Revive]]:
    """The cluster at an address, or the one that Dask's own configuration names (address ``dask``)."""
    dask, distributed = _libraries()
    if address == _DASK and not (address := dask.config.get("scheduler-address", "")):
        raise UsageError("Dask's configuration names no cluster; set DASK_SCHEDULER_ADDRESS, or give --cluster tcp://...")
    if "://" not in address:
        raise UsageError(f"--cluster {address} is no address; give one like tcp://host:8786, or dask")
    try:
        client = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"no cluster answers at {address} ({error}); start one with: dask scheduler") from error
    with client:
        if not client.nthreads():
            raise ClusterError(f"the cluster at {address} has no worker; start one with: dask worker {address}")
        yield client, None


def _libraries() -> tuple[Any, Any]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise _missing(error) from error
    return dask, distributed


def _missing(error: ImportError) -> UsageError:
    return UsageError(f"several workers want Dask ({error}); install it with: pip install 'newskg[cluster]'")


# ---- what a worker does


@dataclass(frozen=True, slots=True)
class Order:
    """How a worker is to read: the user's own files of the ontology, the language pipeline, and the digest of all."""

    files: tuple[tuple[str, str], ...]
    model: str | None
    ranker: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of one article: the record, or the problem, the seconds that it took, the words it shows."""

    record: bytes
    problem: str
    seconds: float
    words: bytes = b""


def work(articles: Sequence[Article], order: Order) -> list[Answer] | str:
    """The records of a batch, made in a worker; in words, why it cannot make any."""
    try:
        pipeline = _pipeline(order)
        if pipeline.stamp != order.stamp:
            return "a worker has another version of newskg, of its libraries or of the model than this process"
        return [_answer(pipeline.read(article)) for article in articles]
    except KgError as error:  # as text: errors of ours need not survive the way
        return f"a worker cannot read articles: {error}"


@lru_cache(maxsize=2)
def _pipeline(order: Order) -> Pipeline:
    from kg import ontology

    tables = ontology.load_kept(order.files) if order.files else ontology.load()
    return Pipeline(tables, order.model, threads=1, ranker=order.ranker)


def _answer(read: Read) -> Answer:
    return Answer(record_bytes.dumps(read.record) if read.record else b"", read.problem, read.seconds, read.words)


# ---- what this process does


@dataclass(slots=True)
class _Batch:
    """Some articles in their order, and what is to become of those that must be read."""

    reads: list[Read] = field(default_factory=list)
    words: int = 0
    future: Future[list[Answer] | str] | None = None

    def add(self, read: Read) -> bool:
        """Take one more; whether it is enough."""
        self.reads.append(read)
        self.words += 0 if read.done else 1 + read.article.text.count(" ")
        return self.words >= WORDS or len(self.reads) >= ITEMS

    @property
    def todo(self) -> list[Article]:
        """What must be read."""
        return [read.article for read in self.reads if not read.done]


class Cluster:
    """The mapper on the workers of a Dask client. Raises ClusterError where these are gone or of no use."""

    def __init__(self, client: Client, pipeline: Pipeline, revive: Revive = None) -> None:
        self._client, self._revive, self._revived, model = client, revive, 0, pipeline.model
        files, model = pipeline.ontology.files, None if model is None else str(model)
        self._order = Order(files, model, pipeline.ranker, pipeline.stamp)
        self._under_way: set[Future[list[Answer] | str]] = set()

    def __call__(self, reads: Iterable[Read], /) -> Iterator[Read]:
        """Each article with its record, or its problem, in their order."""
        window: deque[_Batch] = deque()
        try:
            for batch in _batches(reads):
                if todo := batch.todo:
                    batch.future = self._submit(todo)
                window.append(batch)
                while window and (window[0].future is None or len(window) >= self._ahead()):
                    yield from self._results(window.popleft())
            while window:
                yield from self._results(window.popleft())
        finally:
            for batch in window:
                if batch.future is not None:
                    self._under_way.discard(batch.future)
                    batch.future.cancel()

    def _ahead(self) -> int:
        """How many batches may be under way; workers come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(1, sum(threads.values()))

    def _submit(self, articles: Sequence[Article]) -> Future[list[Answer] | str]:
        future = self._client.submit(work, articles, self._order, pure=False, retries=1)
        self._under_way.add(future)
        return future

    def _results(self, batch: _Batch) -> Iterator[Read]:
        """The articles of a batch as they were read."""
        answers = iter(self._answers(batch.todo, batch.future) if batch.future is not None else [])
        for read in batch.reads:
            if read.done:
                yield read
            else:
                made = next(answers)
                yield replace(read, kept=made.record, words=made.words, problem=made.problem, seconds=made.seconds)

    def _answers(self, articles: Sequence[Article], future: Future[list[Answer] | str]) -> list[Answer]:
        """What became of a batch; where it failed, of its halves."""
        begun = time.perf_counter()
        try:
            return self._waited(future)
        except ClusterError:
            raise
        except Exception as error:  # whatever the work, or its way here, broke with: mostly a worker that died of it
            if len(articles) > 1:
                half = len(articles) // 2
                halves = [(some, self._submit(some)) for some in (articles[:half], articles[half:])]
                return [answer for some, again in halves for answer in self._answers(some, again)]
            self._wait_for_others()  # so that it is nobody else's fault where the worker dies once more
            try:
                return self._waited(self._submit(articles))
            except ClusterError:
                raise
            except Exception:
                return [Answer(b"", _set_aside(error), time.perf_counter() - begun)]

    def _waited(self, future: Future[list[Answer] | str]) -> list[Answer]:
        try:
            answers: list[Answer] | str = self._patiently(future)
        except (CancelledError, OSError) as error:
            raise ClusterError(f"the cluster is gone ({error}); {_AGAIN}") from error
        except ImportError as error:
            raise ClusterError(f"the workers cannot load newskg ({error}); install it there, too") from error
        finally:
            self._under_way.discard(future)
        if isinstance(answers, str):
            raise ClusterError(f"{answers}; make the workers alike to this process; {_AGAIN}")
        return answers

    def _patiently(self, future: Future[list[Answer] | str]) -> Any:
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


def _batches(reads: Iterable[Read]) -> Iterator[_Batch]:
    """Articles in batches of so many words."""
    batch = _Batch()
    for read in reads:
        if batch.add(read):
            yield batch
            batch = _Batch()
    if batch.reads:
        yield batch


def _set_aside(error: Exception) -> str:
    """What to tell of an article that no worker could read."""
    return f"the article could not be read: each worker that tried broke off ({type(error).__name__}); please report it"


__all__ = ["Cluster", "mapping", "work"]
