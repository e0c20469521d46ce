"""The trivial step of apps/executor/src/testing/bench-workers.ts."""

import os

from maestro_worker import Step, Worker, step_type


@step_type("bench-py")
async def nothing(step: Step) -> None:
    """Does nothing."""


Worker(os.environ["MAESTRO_EXECUTOR_ADDRESS"], [nothing], slots=int(os.environ.get("MAESTRO_WORKER_SLOTS", "256"))).run()
