"""A step type, and one attempt of a step as its function gets it."""

import json
import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Optional, Sequence

from .errors import Cancelled


@dataclass(frozen=True)
class StepType:
    """A step type that a worker runs; made by `step_type`. Calling it calls the function."""

    name: str
    run: Callable[["Step"], Any]
    #: Under one version the params stay the same; steps get the newest when their workflow is pushed.
    version: str = "1"
    #: One or two sentences for people; the function's docstring when it is empty.
    doc: str = ""
    #: Param definitions as in workflows: {"who": {"type": "STRING", "internal_mode": "REQUIRED"}}.
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: Names of those params that it writes.
    outputs: Sequence[str] = ()
    #: How many may run at once; 0 = as many as the worker has slots.
    slots: int = 0

    def __call__(self, step: "Step") -> Any:
        return self.run(step)


def step_type(
    name: str,
    *,
    version: str = "1",
    doc: str = "",
    params: Optional[Mapping[str, Mapping[str, Any]]] = None,
    outputs: Sequence[str] = (),
    slots: int = 0,
) -> Callable[[Callable[["Step"], Any]], StepType]:
    """Makes a step type of a function, plain or async, that takes a Step and returns the output params as a dict."""

    def decorate(run: Callable[["Step"], Any]) -> StepType:
        return StepType(name, run, version, doc or (run.__doc__ or "").strip(), params or {}, outputs, slots)

    return decorate


class Step:
    """One attempt of a step. Attributes are those of WorkerTask in worker_service.proto."""

    def __init__(self, task: Any, sink: Any) -> None:
        self._task = task
        self._sink = sink
        self._stopped = threading.Event()
        self._stop_reason = ""
        #: Artifacts that are left behind, whatever becomes of the attempt.
        self.left: dict = {}
        self._announced: list = []
        #: What runs it, of an async function; the worker cancels it.
        self.coroutine: Any = None
        #: Evaluated params: those that the type declares, and the step's own.
        self.params: Mapping[str, Any] = json.loads(task.params_json) if task.params_json else {}
        #: Artifacts of the step so far: what an earlier hand-out of this attempt reported.
        self.artifacts: Mapping[str, Any] = json.loads(task.artifacts_json) if task.artifacts_json else {}
        #: The idempotency key: the same whenever this attempt is handed out again.
        self.attempt_id: str = task.attempt_id
        self.workflow_id: str = task.workflow_id
        self.workflow_instance_id: int = task.workflow_instance_id
        self.workflow_run_id: int = task.workflow_run_id
        self.step_id: str = task.step_id
        #: 1 is the first try.
        self.attempt: int = task.attempt
        self.tenant: str = task.tenant
        self.type: str = task.type
        self.type_version: str = task.type_version
        #: W3C trace context; empty when the run is not traced.
        self.traceparent: str = task.traceparent

    @property
    def cancelled(self) -> bool:
        """The attempt was cancelled, timed out, or has to be given up: end soon."""
        return self._stopped.is_set()

    @property
    def stop_reason(self) -> str:
        """Why, while `cancelled`."""
        return self._stop_reason

    def raise_if_cancelled(self) -> None:
        """Raises Cancelled when the step has to end. Call it now and then in long loops."""
        if self._stopped.is_set():
            raise Cancelled(self._stop_reason)

    def sleep(self, seconds: float) -> None:
        """Waits, and raises Cancelled as soon as the step has to end."""
        self._stopped.wait(seconds)
        self.raise_if_cancelled()

    def log(self, text: str) -> None:
        """Adds a line to the step's log."""
        self._sink.log(self._task.id, 1, f"{text}\n")

    def warn(self, text: str) -> None:
        """Adds a line to the error stream of the step's log."""
        self._sink.log(self._task.id, 2, f"{text}\n")

    def progress(self, artifacts: Mapping[str, Any]) -> None:
        """Reports artifacts while the step runs."""
        self._sink.progress(self._task.id, json.dumps(artifacts).encode())

    def set_artifact(self, name: str, value: Any) -> None:
        """Leaves an artifact behind, whatever becomes of the attempt."""
        self.left[name] = value

    def announce(self, signal: str, params: Optional[Mapping[str, Any]] = None) -> None:
        """Announces a signal when the attempt has succeeded."""
        self._announced.append({"name": signal, **({"params": dict(params)} if params else {})})

    def document(self, outputs: Optional[Mapping[str, Any]], succeeded: bool) -> bytes:
        """What the attempt leaves behind, as the protocol writes it; empty when there is nothing."""
        parts: dict = {}
        if outputs is not None:
            parts["params"] = dict(outputs)
        if self.left:
            parts["artifacts"] = self.left
        if succeeded and self._announced:
            parts["signals"] = self._announced
        return json.dumps(parts, allow_nan=False, ensure_ascii=False).encode() if parts else b""

    def stop(self, reason: str) -> None:
        """Said by the worker; the first reason stays."""
        if not self._stopped.is_set():
            self._stop_reason = reason
            self._stopped.set()
