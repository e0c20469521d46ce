"""A worker: it connects to an executor and runs steps until it is drained."""

import asyncio
import inspect
import json
import logging
import os
import queue
import random
import secrets
import signal
import socket
import threading
import time
import traceback
from typing import Any, Dict, Mapping, Optional, Sequence

import grpc

from . import protocol
from .errors import Cancelled, FatalError, PlatformError, StepTimeoutError
from .outgoing import Outgoing
from .step import Step, StepType

logger = logging.getLogger("maestro_worker")

_LOST_CONTACT = "the worker lost contact to its executor"
_FIRST_BACKOFF, _MAX_BACKOFF = 0.1, 5.0
#: What no later try will make better.
_HOPELESS = (
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.UNIMPLEMENTED,
)
#: Of the first connection: another worker has the id, or the type is registered with other params.
_REFUSED = (grpc.StatusCode.ABORTED, grpc.StatusCode.ALREADY_EXISTS)
_OPTIONS = [("grpc.max_receive_message_length", 4 << 20), ("grpc.max_send_message_length", 4 << 20)]


class Worker:
    """Runs steps of the given types. Plain functions run in threads, async ones in one event loop."""

    def __init__(
        self,
        address: str,
        types: Sequence[StepType],
        *,
        slots: int = 32,
        worker_id: Optional[str] = None,
        labels: Optional[Mapping[str, str]] = None,
        token: str = "",
        credentials: Optional[grpc.ChannelCredentials] = None,
        drain_seconds: float = 30.0,
    ) -> None:
        """`address`: host:port of an executor. `slots`: how many steps run at once. `token`: when the executor asks for one."""
        self.worker_id = worker_id or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._address = address
        self._types: Dict[str, StepType] = {each.name: each for each in types}
        self._slots = slots
        self._labels = dict(labels or {})
        self._token = token
        self._credentials = credentials
        self._drain_seconds = drain_seconds
        self._lock = threading.RLock()
        self._steps: Dict[str, Step] = {}
        #: Given to somebody else while their functions have not ended, by attempt; and attempts that came back meanwhile.
        self._disowned: Dict[str, Step] = {}
        self._later: Dict[str, Any] = {}
        #: Results until the executor has them.
        self._unreceived: Dict[str, Any] = {}
        self._outgoing = Outgoing()
        self._work: "queue.SimpleQueue[Any]" = queue.SimpleQueue()
        self._threads = 0
        #: Plain functions that run or are about to.
        self._busy = 0
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._session = ""
        self._welcome: Optional[Any] = None
        self._call: Optional[Any] = None
        self._contact = 0.0
        self._sent: Dict[int, float] = {}
        self._sequence = 0
        self._draining = threading.Event()
        self._over = threading.Event()
        #: Set while an executor has welcomed the worker.
        self.connected = threading.Event()

    def run(self) -> None:
        """Runs until drained by `drain`, SIGTERM or SIGINT. Raises grpc.RpcError when the executor refuses the worker."""
        if threading.current_thread() is threading.main_thread():
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: threading.Thread(target=self.drain, daemon=True).start())
        threading.Thread(target=self._beat, daemon=True).start()
        backoff = _FIRST_BACKOFF
        try:
            while not self._over.is_set():
                try:
                    self._connect()
                    logger.info("worker %s: the executor ended the stream", self.worker_id)
                except grpc.RpcError as error:
                    if self._is_hopeless(error):
                        raise
                    logger.warning("worker %s is not connected: %s", self.worker_id, error.details())
                if self.connected.is_set():
                    backoff = _FIRST_BACKOFF
                self.connected.clear()
                if self._is_drained():
                    return
                self._over.wait(backoff * (0.5 + random.random()))
                backoff = min(backoff * 2, _MAX_BACKOFF)
        finally:
            self._over.set()
            for _ in range(self._threads):
                self._work.put(None)

    def drain(self) -> None:
        """Takes no more steps, lets those that run end (for `drain_seconds`, then stops them), and disconnects."""
        if self._draining.is_set():
            return
        self._draining.set()
        self._outgoing.drain()
        deadline = time.monotonic() + self._drain_seconds
        while not self._is_drained() and not self._over.is_set():
            time.sleep(0.02)
            if time.monotonic() > deadline:
                self._stop_all()
        self._outgoing.close()
        self._over.set()

    def _is_drained(self) -> bool:
        with self._lock:
            return self._draining.is_set() and not (self._steps or self._unreceived or self._disowned)

    def _is_hopeless(self, error: Any) -> bool:
        return error.code() in _HOPELESS or (not self._session and error.code() in _REFUSED)

    def _connect(self) -> None:
        """One stream, from its hello to its end."""
        open_channel = (
            grpc.insecure_channel(self._address, _OPTIONS)
            if self._credentials is None
            else grpc.secure_channel(self._address, self._credentials, _OPTIONS)
        )
        with open_channel as channel:
            method = channel.stream_stream(
                protocol.METHOD,
                request_serializer=protocol.WorkRequest.SerializeToString,
                response_deserializer=protocol.WorkResponse.FromString,
            )
            outgoing = Outgoing()
            with self._lock:
                self._outgoing = outgoing
                outgoing.hello(self._hello())
            call = method(iter(outgoing))
            self._call = call
            try:
                for message in call:
                    self._hear(message)
            finally:
                outgoing.close()
                with self._lock:
                    self._welcome = None

    def _hello(self) -> Any:
        return protocol.WorkerHello(
            worker_id=self.worker_id,
            types=[_type_message(each) for each in self._types.values()],
            slots=self._slots,
            labels=self._labels,
            token=self._token,
            session_id=self._session,
            holding=[*self._steps, *self._unreceived],
            library="maestro-worker-python/0.1.0",
        )

    def _hear(self, message: Any) -> None:
        with self._lock:
            if message.HasField("welcome"):
                self._welcomed(message.welcome)
            for task in message.tasks:
                self._start(task)
            for task_id in message.received:
                self._unreceived.pop(task_id, None)
            if message.HasField("heartbeat"):
                self._contact = self._sent.pop(message.heartbeat.sequence, self._contact)
            for cancel in (*message.cancels, *message.heartbeat.cancels):
                step = self._steps.get(cancel.task_id)
                if step is not None:
                    self._stop(step, cancel.reason)

    def _welcomed(self, welcome: Any) -> None:
        keep = set(welcome.keep) if welcome.session_id == self._session else set()
        for task_id in [each for each in self._steps if each not in keep]:
            step = self._steps.pop(task_id)
            self._disowned[step.attempt_id] = step
            self._stop(step, _LOST_CONTACT)
        self._later.clear()
        self._unreceived = {key: value for key, value in self._unreceived.items() if key in keep}
        for result in self._unreceived.values():
            self._outgoing.result(result)
        self._welcome, self._session = welcome, welcome.session_id
        self._contact = time.monotonic()
        self._sent.clear()
        if self._draining.is_set():
            self._outgoing.drain()
        self.connected.set()
        logger.info("worker %s serves pool %s at executor %s", self.worker_id, welcome.pool, welcome.executor_id)

    def _start(self, task: Any) -> None:
        if task.id in self._steps or task.id in self._unreceived:
            return
        if task.attempt_id in self._disowned:
            self._later[task.attempt_id] = task
            return
        step = Step(task, self)
        self._steps[task.id] = step
        kind = self._types.get(task.type)
        if kind is not None and inspect.iscoroutinefunction(kind.run):
            asyncio.run_coroutine_threadsafe(self._run_async(task.id, step, kind), self._event_loop())
            return
        self._busy += 1
        if self._busy > self._threads:
            self._threads += 1
            threading.Thread(target=self._thread, daemon=True).start()
        self._work.put((task.id, step, kind))

    def _thread(self) -> None:
        while True:
            item = self._work.get()
            if item is None:
                return
            task_id, step, kind = item
            result = self._result(step, kind)
            with self._lock:
                self._busy -= 1
                self._finish(task_id, step, result)

    def _result(self, step: Step, kind: Optional[StepType]) -> Any:
        if kind is None:
            return self._ended(step, protocol.PLATFORM_ERROR, f"this worker does not run {step.type}")
        try:
            step.raise_if_cancelled()
            return self._ended(step, protocol.DONE, "", kind.run(step))
        except BaseException as error:  # whatever a step raises is its result, SystemExit as well
            return self._failed(step, error)

    async def _run_async(self, task_id: str, step: Step, kind: StepType) -> None:
        step.coroutine = asyncio.current_task()
        try:
            step.raise_if_cancelled()
            result = self._ended(step, protocol.DONE, "", await kind.run(step))
        except BaseException as error:
            result = self._failed(step, error)
        self._finish(task_id, step, result)

    def _failed(self, step: Step, error: BaseException) -> Any:
        message = str(error) or type(error).__name__
        if step.cancelled:
            lost = step.stop_reason == _LOST_CONTACT
            return self._ended(step, protocol.PLATFORM_ERROR if lost else protocol.CANCELLED, message)
        if isinstance(error, Cancelled):
            return self._ended(step, protocol.PLATFORM_ERROR, "the step gave up without being asked to")
        step.warn("".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip("\n"))
        return self._ended(step, _outcome_of(error), message)

    def _ended(self, step: Step, outcome: int, message: str, outputs: Optional[Mapping[str, Any]] = None) -> Any:
        result = protocol.WorkerResult(task_id=step._task.id, outcome=outcome, message=message)
        try:
            document = step.document(outputs, outcome == protocol.DONE)
            limit = self._welcome.max_output_bytes if self._welcome is not None else 4 << 20
            if len(document) > limit:
                raise ValueError(f"it has {len(document)} bytes; {limit} is the limit: store big data elsewhere")
            result.output_json = document
        except (TypeError, ValueError, OverflowError) as error:
            result.outcome = protocol.USER_ERROR
            result.message = f"What the step returned cannot be sent: {error}"
        return result

    def _finish(self, task_id: str, step: Step, result: Any) -> None:
        with self._lock:
            if self._disowned.get(step.attempt_id) is step:
                del self._disowned[step.attempt_id]
                later = self._later.pop(step.attempt_id, None)
                if later is not None:
                    self._start(later)
                return
            self._steps.pop(task_id, None)
            self._unreceived[task_id] = result
            if self._welcome is not None:
                self._outgoing.result(result)

    def _stop(self, step: Step, reason: str) -> None:
        step.stop(reason)
        if step.coroutine is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(step.coroutine.cancel)

    def _stop_all(self) -> None:
        with self._lock:
            for step in self._steps.values():
                self._stop(step, _LOST_CONTACT)

    def _beat(self) -> None:
        """Heartbeats; and the end of everything when they are not answered: others may soon be given what runs here."""
        while not self._over.is_set():
            welcome = self._welcome
            self._over.wait(1.0 if welcome is None else welcome.heartbeat_millis / 1000)
            with self._lock:
                now = time.monotonic()
                stop_after = 5.0 if welcome is None else welcome.stop_after_millis / 1000
                lost = self._session != "" and now - self._contact > stop_after
                if lost:
                    self._stop_all()
                if self._welcome is None:
                    continue
                self._sequence += 1
                self._sent[self._sequence] = now
                self._outgoing.heartbeat(self._sequence)
                if lost and self._call is not None:
                    self._call.cancel()

    def _event_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, daemon=True).start()
        return self._loop

    def log(self, task_id: str, stream: int, text: str) -> None:
        """What a step says."""
        self._outgoing.log(task_id, stream, text)

    def progress(self, task_id: str, artifacts: bytes) -> None:
        """Artifacts of a step that runs."""
        self._outgoing.progress(task_id, artifacts)


def _type_message(kind: StepType) -> Any:
    return protocol.WorkerStepType(
        name=kind.name,
        version=kind.version,
        doc=kind.doc,
        params_json=json.dumps(kind.params).encode(),
        outputs=list(kind.outputs),
        slots=kind.slots,
    )


def _outcome_of(error: BaseException) -> int:
    if isinstance(error, FatalError):
        return protocol.FATAL_ERROR
    if isinstance(error, PlatformError):
        return protocol.PLATFORM_ERROR
    if isinstance(error, StepTimeoutError):
        return protocol.TIMED_OUT
    return protocol.USER_ERROR
