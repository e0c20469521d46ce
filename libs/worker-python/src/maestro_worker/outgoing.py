"""What is on its way to the executor over one stream."""

import threading
from typing import Any, Iterator, List, Optional, Set

from . import protocol

_MAX_BATCH_BYTES = 1024 * 1024
#: How many bytes of logs and progress may wait while the executor is behind; what comes on top is dropped, and the log says so.
_MAX_WAITING_BYTES = 8 * 1024 * 1024
_DROPPED = b"[here lines were dropped: the executor was behind]\n"
_MAX_PIECE = 64 * 1024


class Outgoing:
    """Collects what is said; what comes up while a message is sent travels together in the next one. Thread-safe."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._hello: Optional[Any] = None
        self._results: List[Any] = []
        self._progress: List[Any] = []
        self._logs: List[Any] = []
        self._waiting_bytes = 0
        #: Tasks of whose log something was dropped since its last piece.
        self._cut: Set[str] = set()
        self._heartbeat = 0
        self._drain = False
        self._closed = False

    def hello(self, hello: Any) -> None:
        with self._ready:
            self._hello = hello
            self._ready.notify()

    def result(self, result: Any) -> None:
        with self._ready:
            self._results.append(result)
            self._ready.notify()

    def progress(self, task_id: str, artifacts: bytes) -> None:
        with self._ready:
            if self._waiting_bytes + len(artifacts) > _MAX_WAITING_BYTES:
                return
            self._waiting_bytes += len(artifacts)
            self._progress.append(protocol.WorkerProgress(task_id=task_id, artifacts_json=artifacts))
            self._ready.notify()

    def log(self, task_id: str, stream: int, text: str) -> None:
        """What is over the bound is dropped: an executor that is behind does not cost the worker its memory."""
        data = text.encode("utf-8", "replace")
        with self._ready:
            for start in range(0, len(data), _MAX_PIECE):
                piece = data[start : start + _MAX_PIECE]
                if self._waiting_bytes + len(piece) > _MAX_WAITING_BYTES:
                    self._cut.add(task_id)
                    return
                if task_id in self._cut:
                    self._cut.discard(task_id)
                    self._add_log(task_id, stream, _DROPPED)
                self._add_log(task_id, stream, piece)
            self._ready.notify()

    def _add_log(self, task_id: str, stream: int, data: bytes) -> None:
        self._waiting_bytes += len(data)
        self._logs.append(protocol.WorkerLog(task_id=task_id, stream=stream, data=data))

    def heartbeat(self, sequence: int) -> None:
        with self._ready:
            self._heartbeat = sequence
            self._ready.notify()

    def drain(self) -> None:
        with self._ready:
            self._drain = True
            self._ready.notify()

    def close(self) -> None:
        with self._ready:
            self._closed = True
            self._ready.notify()

    def __iter__(self) -> Iterator[Any]:
        """The messages, until it is closed."""
        while True:
            with self._ready:
                while not self._has_something() and not self._closed:
                    self._ready.wait()
                if not self._has_something():
                    return
                message = self._take()
            yield message

    def _has_something(self) -> bool:
        return bool(
            self._hello or self._results or self._progress or self._logs or self._heartbeat or self._drain
        )

    def _take(self) -> Any:
        message = protocol.WorkRequest(hello=self._hello, drain=self._drain, progress=self._progress)
        if self._heartbeat:
            message.heartbeat.sequence = self._heartbeat
        # Logs of a step go before its result: afterwards nobody takes them.
        logs, self._logs = _first(self._logs, lambda each: len(each.data))
        message.logs.extend(logs)
        self._waiting_bytes -= sum(len(each.data) for each in logs)
        self._waiting_bytes -= sum(len(each.artifacts_json) for each in self._progress)
        if not self._logs:
            results, self._results = _first(self._results, lambda each: len(each.output_json))
            message.results.extend(results)
        self._hello, self._progress, self._heartbeat, self._drain = None, [], 0, False
        return message


def _first(items: List[Any], size: Any) -> Any:
    """As many of the first as make one message, and the rest."""
    total = 0
    for index, item in enumerate(items):
        total += size(item)
        if index > 0 and total > _MAX_BATCH_BYTES:
            return items[:index], items[index:]
    return items, []
