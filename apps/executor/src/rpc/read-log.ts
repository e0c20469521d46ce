import { create } from '@bufbuild/protobuf';
import type { Handlers } from '@maestro/grpc';
import {
  LogStream,
  ReadLogResponseSchema,
  type ExecutorService,
  type ReadLogRequest,
  type ReadLogResponse,
} from '@maestro/proto/maestro/executor/v1/executor_service';
import { MaestroError } from '@maestro/domain';
import type { LogChunk, LogStreamName } from '../ports/log-store.js';
import { readLog, type ReadLogDeps } from '../usecases/read-log.js';

const STREAMS: Readonly<Record<LogStreamName, LogStream>> = {
  stdout: LogStream.STDOUT,
  stderr: LogStream.STDERR,
  system: LogStream.SYSTEM,
};

/** readLogHandler serves ReadLog. */
export function readLogHandler(deps: ReadLogDeps): Handlers<typeof ExecutorService>['readLog'] {
  return async function* (request, context) {
    for await (const chunk of readLog(deps, domainOf(request), context.signal)) yield toWire(chunk);
  };
}

function domainOf(request: ReadLogRequest): Parameters<typeof readLog>[1] {
  if (request.tailLines > 0 && (request.offset > 0n || request.afterSequence > 0n)) {
    throw new MaestroError('INVALID_REQUEST', 'tail_lines goes neither with offset nor with after_sequence.');
  }
  if (request.workflowId === '' || request.stepId === '') {
    throw new MaestroError(
      'INVALID_REQUEST',
      'A log is named by workflow_id, workflow_instance_id, workflow_run_id and step_id.',
    );
  }
  return {
    of: {
      workflowId: request.workflowId,
      instanceId: request.workflowInstanceId,
      runId: request.workflowRunId,
      stepId: request.stepId,
    },
    attempt: request.attempt,
    follow: request.follow,
    offset: Number(request.offset),
    after: Number(request.afterSequence),
    streams: request.streams.map(streamOf),
    tailLines: request.tailLines,
  };
}

function streamOf(stream: LogStream): LogStreamName {
  const name = (Object.keys(STREAMS) as LogStreamName[]).find((known) => STREAMS[known] === stream);
  if (name !== undefined) return name;
  throw new MaestroError('INVALID_REQUEST', 'A stream of a log is STDOUT, STDERR or SYSTEM.');
}

function toWire({ stream, data, at, truncated, sequence, last }: LogChunk): ReadLogResponse {
  const numbers = { time: BigInt(at), sequence: BigInt(sequence) };
  return create(ReadLogResponseSchema, { stream: STREAMS[stream], data, truncated, last, ...numbers });
}
