"""Article -> linked record -> quads, by many processes: the mapper of `kg.mapping` on Dask, here or on a cluster.

Articles go to the workers in batches of so many words, a few batches a worker at a time, and come back in their order
as bytes; a worker loads the language pipeline once. The batch of a worker that dies is done by another one. A batch
that fails again is halved, down to the article at fault, which is set aside with its problem, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from kg.cluster.spread import Cluster, Revive
from kg.errors import ClusterError, UsageError
from kg.mapping import Pipeline

if TYPE_CHECKING:
    from distributed import Client

_BLAME: Final = {"distributed.scheduler.worker-saturation": 1.0, "distributed.scheduler.allowed-failures": 1}
_QUIET: Final = {"logging.distributed": "critical"}
_DASK: Final = "dask"


@contextmanager
def mapping(pipeline: Pipeline, *, workers: int = 1, address: str | None = None) -> Iterator[Cluster | None]:
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


__all__ = ["Cluster", "mapping"]
