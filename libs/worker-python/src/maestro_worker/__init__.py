"""Run steps of your own types for Maestro workflows: a step type is one function.

    from maestro_worker import Worker, step_type

    @step_type("greet", params={"who": {"type": "STRING", "internal_mode": "REQUIRED"}})
    def greet(step):
        return {"greeting": f"Hello, {step.params['who']}!"}

    Worker("127.0.0.1:9103", [greet]).run()
"""

from .errors import Cancelled, FatalError, PlatformError, StepTimeoutError, UserError
from .step import Step, StepType, step_type
from .worker import Worker

__all__ = [
    "Cancelled",
    "FatalError",
    "PlatformError",
    "Step",
    "StepTimeoutError",
    "StepType",
    "UserError",
    "Worker",
    "step_type",
]
