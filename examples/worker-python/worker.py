"""A worker with two step types, a plain one and an async one."""

import asyncio
import logging
import os

from maestro_worker import Step, UserError, Worker, step_type


@step_type(
    "mean",
    params={
        "numbers": {"type": "DOUBLE_ARRAY", "internal_mode": "REQUIRED"},
        "mean": {"type": "DOUBLE", "value": 0.0, "internal_mode": "OPTIONAL"},
    },
    outputs=["mean"],
)
def mean(step: Step) -> dict:
    """The mean of `numbers`."""
    numbers = step.params["numbers"]
    if not numbers:
        raise UserError("there are no numbers")
    step.log(f"{len(numbers)} numbers")
    return {"mean": {"type": "DOUBLE", "value": sum(numbers) / len(numbers)}}


@step_type("wait-a-bit", params={"seconds": {"type": "DOUBLE", "value": 0.1}})
async def wait_a_bit(step: Step) -> None:
    """Waits, with a thousand others in one thread."""
    await asyncio.sleep(step.params["seconds"])
    step.log("waited")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    address = os.environ.get("MAESTRO_EXECUTOR_ADDRESS", "127.0.0.1:9103")
    token = os.environ.get("MAESTRO_WORKER_TOKEN", "")
    Worker(address, [mean, wait_a_bit], token=token).run()
