import json
import unittest

from maestro_worker import Cancelled, StepType, step_type
from maestro_worker.outgoing import Outgoing
from maestro_worker.protocol import WorkerResult, WorkerTask
from maestro_worker.step import Step


def step(params: object = None) -> Step:
    return Step(WorkerTask(id="1-0-1-1", attempt_id="1-0-1", params_json=json.dumps(params or {}).encode()), None)


class StepTypes(unittest.TestCase):
    def test_a_function_becomes_a_step_type_and_its_docstring_the_documentation(self) -> None:
        @step_type("greet", version="2", params={"who": {"type": "STRING"}})
        def greet(it: Step) -> dict:
            """Greets."""
            return {"greeting": it.params["who"]}

        self.assertIsInstance(greet, StepType)
        self.assertEqual((greet.name, greet.version, greet.doc), ("greet", "2", "Greets."))
        self.assertEqual(greet(step({"who": "you"})), {"greeting": "you"})


class Steps(unittest.TestCase):
    def test_whole_numbers_of_64_bits_stay_exact(self) -> None:
        big = 2**63 - 1
        it = step({"n": big})
        self.assertEqual(it.params["n"], big)
        self.assertIn(str(big).encode(), it.document({"n": it.params["n"]}, True))

    def test_a_signal_is_announced_only_by_a_success_and_artifacts_always(self) -> None:
        it = step()
        it.set_artifact("seen", 1)
        it.announce("done", {"day": 1})
        self.assertEqual(
            json.loads(it.document(None, True)),
            {"artifacts": {"seen": 1}, "signals": [{"name": "done", "params": {"day": 1}}]},
        )
        self.assertEqual(json.loads(it.document(None, False)), {"artifacts": {"seen": 1}})

    def test_a_step_that_leaves_nothing_says_nothing(self) -> None:
        self.assertEqual(step().document(None, True), b"")

    def test_a_step_that_was_stopped_is_told_at_once(self) -> None:
        it = step()
        it.raise_if_cancelled()
        it.stop("cancelled")
        it.stop("later")
        self.assertTrue(it.cancelled)
        self.assertEqual(it.stop_reason, "cancelled")
        with self.assertRaises(Cancelled):
            it.sleep(60)


class Messages(unittest.TestCase):
    def test_what_is_said_at_once_travels_together_and_logs_come_before_results(self) -> None:
        outgoing = Outgoing()
        outgoing.result(WorkerResult(task_id="a"))
        outgoing.log("a", 1, "x" * 100_000)
        outgoing.close()
        [message] = list(outgoing)
        self.assertEqual([len(each.data) for each in message.logs], [65_536, 34_464])
        self.assertEqual([each.task_id for each in message.results], ["a"])

    def test_what_is_too_much_is_dropped_and_the_log_says_so(self) -> None:
        outgoing = Outgoing()
        for _ in range(200):
            outgoing.log("a", 1, "x" * 65_536)
        waiting = iter(outgoing)
        total = 0
        while total < 8 << 20:
            total += sum(len(each.data) for each in next(waiting).logs)
        self.assertEqual(total, 8 << 20)
        outgoing.log("a", 1, "more\n")
        outgoing.close()
        self.assertIn(b"dropped", next(waiting).logs[0].data)

    def test_large_results_are_split_and_all_arrive(self) -> None:
        outgoing = Outgoing()
        for index in range(5):
            outgoing.result(WorkerResult(task_id=str(index), output_json=b"x" * 600_000))
        outgoing.close()
        batches = [[each.task_id for each in message.results] for message in outgoing]
        self.assertEqual(sum(batches, []), ["0", "1", "2", "3", "4"])
        self.assertGreater(len(batches), 2)


if __name__ == "__main__":
    unittest.main()
