/**
 * HELPER_MODULE is `maestro.py`, which user code may import: params in, outputs out. It needs nothing but Python 3.6, and
 * what it says is written at once and whole, so that it stays also when the process is killed.
 */
export const HELPER_MODULE = `"""Params and outputs of a Maestro step."""
import json
import os

with open(os.environ["MAESTRO_PARAMS"], encoding="utf-8") as _file:
    #: The evaluated params of the step.
    params = json.load(_file)

#: The same for every delivery of this attempt: an idempotency key.
attempt_id = os.environ["MAESTRO_ATTEMPT_ID"]

_document = {"params": {}, "artifacts": {}, "signals": []}


def set_output(name, value):
    """Returns an output param; the step must declare it. Maps are merged with what the param holds, others replace it."""
    _document["params"][name] = _definition(name, value)
    _write()


def artifact(name, value):
    """Adds an artifact: a dict of JSON values."""
    if not isinstance(value, dict):
        raise TypeError("artifact %s must be a dict" % name)
    _document["artifacts"][name] = value
    _write()


def signal(name, params=None, payload=None):
    """Announces a signal when the step succeeds. Params (str and int) are matched by, the payload is carried along."""
    _document["signals"].append({"name": name, "params": params or {}, "payload": payload or {}})
    _write()


def do_not_retry():
    """Says that another attempt would fail as well."""
    artifact("maestro_retry", {"type": "RETRY", "retryable": False})


_SCALARS = ((bool, "BOOLEAN"), (int, "LONG"), (float, "DOUBLE"), (str, "STRING"))


def _type(name, value):
    for python_type, param_type in _SCALARS:
        if isinstance(value, python_type):
            return param_type
    raise TypeError("output %s: %s is no type of a param" % (name, type(value).__name__))


def _definition(name, value):
    if isinstance(value, dict):
        return {"type": "MAP", "value": {str(key): _definition(name, item) for key, item in value.items()}}
    if not isinstance(value, (list, tuple)):
        return {"type": _type(name, value), "value": value}
    types = {_type(name, item) for item in value} or {"STRING"}
    if types == {"LONG", "DOUBLE"}:
        types = {"DOUBLE"}
    if len(types) > 1:
        raise TypeError("output %s: items must have one type, not %s" % (name, ", ".join(sorted(types))))
    return {"type": types.pop() + "_ARRAY", "value": list(value)}


def _write():
    path = os.environ["MAESTRO_OUTPUT"]
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(_document, file, allow_nan=False)
    os.replace(path + ".part", path)
`;
