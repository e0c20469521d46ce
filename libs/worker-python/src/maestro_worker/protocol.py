"""The messages of maestro/executor/v1/worker_service.proto.

They are made from the compiled contract at import, not by generated code, so that any version of protobuf will do.
"""

from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_FILE = descriptor_pb2.FileDescriptorProto.FromString(Path(__file__).with_name("worker_service.binpb").read_bytes())
_POOL = descriptor_pool.DescriptorPool()
_POOL.Add(_FILE)


def _message(name):
    descriptor = _POOL.FindMessageTypeByName(f"{_FILE.package}.{name}")
    return message_factory.GetMessageClass(descriptor)


METHOD = f"/{_FILE.package}.WorkerService/Work"
WorkRequest = _message("WorkRequest")
WorkResponse = _message("WorkResponse")
WorkerHello = _message("WorkerHello")
WorkerLog = _message("WorkerLog")
WorkerProgress = _message("WorkerProgress")
WorkerResult = _message("WorkerResult")
WorkerStepType = _message("WorkerStepType")
WorkerTask = _message("WorkerTask")

STDOUT, STDERR = 1, 2
DONE, USER_ERROR, PLATFORM_ERROR, FATAL_ERROR, TIMED_OUT, CANCELLED = 1, 2, 3, 4, 5, 6
