import { MaestroError } from '@maestro/domain';
import { LogStream } from '@maestro/proto/maestro/executor/v1/executor_service';
import type { RestCall } from '../http/rest-call.js';
import { expected } from '../routes/expected.js';
import { attemptOf } from '../routes/get-step.js';
import { runOf } from '../routes/run-reference.js';
import type { Services } from '../services.js';

/** LOG_QUERY are the query parameters of both ways to read a log. */
export const LOG_QUERY = ['tail', 'stream', 'timestamps'];

const MAX_TAIL = 1_000_000n;
const STREAMS: Readonly<Record<string, LogStream>> = {
  stdout: LogStream.STDOUT,
  stderr: LogStream.STDERR,
  system: LogStream.SYSTEM,
};

/** STREAM_NAMES are the names of streams as the API writes them. */
export const STREAM_NAMES: Readonly<Partial<Record<LogStream, string>>> = Object.fromEntries(
  Object.entries(STREAMS).map(([name, stream]) => [stream, name]),
);

/** AttemptReference names one attempt of a step exactly. */
export interface AttemptReference {
  readonly workflowId: string;
  readonly workflowInstanceId: bigint;
  readonly workflowRunId: bigint;
  readonly stepId: string;
  readonly attempt: number;
}

/** LogRequest is what to read of whose log. */
export interface LogRequest extends AttemptReference {
  readonly offset: bigint;
  readonly afterSequence: bigint;
  readonly streams: LogStream[];
  readonly tailLines: number;
}

/** logRequestOf reads path and query; throws INVALID_REQUEST. `latest` is resolved now, so that it means one attempt throughout. */
export async function logRequestOf(call: RestCall, services: Services): Promise<LogRequest> {
  const { query } = call;
  const offset = query.natural('offset');
  const afterSequence = lastEventId(call);
  const wished = query.natural('tail');
  if (wished > MAX_TAIL || (wished > 0n && offset > 0n)) {
    const message = wished > MAX_TAIL ? `must be at most ${MAX_TAIL}` : 'cannot be combined with offset';
    throw new MaestroError('INVALID_REQUEST', `The query parameter tail ${message}.`);
  }
  // Who comes back goes on where the stream broke.
  const tailLines = afterSequence > 0n ? 0 : Number(wished);
  const streams = query.list('stream').map(streamOf);
  return { ...(await attemptReferenceOf(call, services)), offset, afterSequence, streams, tailLines };
}

async function attemptReferenceOf(call: RestCall, { scheduler }: Services): Promise<AttemptReference> {
  const [run, stepId, attempt] = [runOf(call), call.param('step'), attemptOf(call)];
  if (run.workflowRunId > 0n && attempt > 0) return { ...run, stepId, attempt };
  const answer = await scheduler.getStep({ run, stepId, attempt, enriched: false }, call.options);
  const step = expected(answer.step, 'step');
  return { ...run, workflowRunId: step.workflowRunId, stepId, attempt: step.stepAttemptId };
}

function streamOf(name: string): LogStream {
  const stream = STREAMS[name];
  if (stream !== undefined) return stream;
  const known = Object.keys(STREAMS).join(', ');
  throw new MaestroError('INVALID_REQUEST', `The query parameter stream has to be one of ${known}, not "${name}".`);
}

function lastEventId(call: RestCall): bigint {
  const text = call.header('last-event-id') ?? '0';
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new MaestroError('INVALID_REQUEST', `The header last-event-id has to be the id of an event, not "${text}".`);
}
