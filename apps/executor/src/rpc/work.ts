import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext, Handlers } from '@maestro/grpc';
import {
  WorkerWelcomeSchema,
  type WorkerHello,
  type WorkerService,
  type WorkerWelcome,
  type WorkRequest,
  type WorkResponse,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import type { Logger } from '@maestro/telemetry';
import type { StepTypeRegister } from '../ports/step-type-register.js';
import type { Outbox } from '../runtimes/remote/outbox.js';
import { HEARTBEAT_MS, STOP_AFTER_MS, type WorkerHub } from '../runtimes/remote/worker-hub.js';
import { MAX_WORKER_OUTPUT_BYTES } from '../runtimes/remote/worker-result.js';
import type { WorkerSession } from '../runtimes/remote/worker-session.js';
import { hearWorker } from '../usecases/workers/hear-worker.js';
import { readOffer } from '../usecases/workers/read-offer.js';
import { registerTypes } from '../usecases/workers/register-types.js';
import type { WorkerTokens } from '../usecases/workers/worker-tokens.js';

export interface WorkDeps {
  readonly hub: WorkerHub;
  readonly register: StepTypeRegister;
  readonly tokens: WorkerTokens;
  readonly logger: Logger;
  readonly executorId: string;
  readonly pool: string;
}

/** workHandler serves Work: one stream of one worker. */
export function workHandler(deps: WorkDeps): Handlers<typeof WorkerService>['work'] {
  return async function* (requests, context) {
    const incoming = requests[Symbol.asyncIterator]();
    const hello = await helloOf(incoming);
    const offer = readOffer(hello, deps.tokens.tenantOf(hello.token));
    const types = offer.types.map(({ type }) => type);
    const registered = await registerTypes(deps.register, types);
    const session = deps.hub.admit(offer, hello.sessionId);
    const known = session.sessionId === hello.sessionId;
    const keep = known ? hello.holding.filter((id) => session.tasks.has(id)) : [];
    const outbox = session.attach(welcomeOf(deps, session, keep), new Set(hello.holding));
    const facts = { worker: offer.workerId, types: [...session.types.keys()], slots: offer.slots, registered };
    deps.logger.info(
      { ...facts, library: offer.library, kept: keep.length },
      known ? 'worker is back' : 'worker joined',
    );
    yield* serve(deps, session, outbox, incoming, context);
  };
}

async function* serve(
  { hub, logger }: WorkDeps,
  session: WorkerSession,
  outbox: Outbox,
  incoming: AsyncIterator<WorkRequest>,
  context: CallContext,
): AsyncGenerator<WorkResponse> {
  // Whoever waits for something to send hears of the end of the call.
  context.signal.addEventListener('abort', () => outbox.close(), { once: true });
  if (context.signal.aborted) outbox.close();
  hub.attached(session);
  const reading = hear(hub, session, incoming).finally(() => outbox.close());
  reading.catch((err: unknown) =>
    logger.debug({ err, worker: session.offer.workerId }, 'the stream of a worker broke'),
  );
  try {
    yield* outbox.messages();
  } finally {
    if (session.detach(outbox)) {
      hub.detached(session);
      logger.info({ worker: session.offer.workerId, inHand: session.tasks.size }, 'worker left');
    }
  }
}

async function hear(hub: WorkerHub, session: WorkerSession, incoming: AsyncIterator<WorkRequest>): Promise<void> {
  for (;;) {
    const next = await incoming.next();
    if (next.done === true) return;
    hearWorker(hub, session, next.value);
  }
}

async function helloOf(incoming: AsyncIterator<WorkRequest>): Promise<WorkerHello> {
  const first = await incoming.next();
  const hello = first.done === true ? undefined : first.value.hello;
  if (hello !== undefined) return hello;
  throw new MaestroError('INVALID_REQUEST', 'The first message of a worker must be its hello.');
}

function welcomeOf({ executorId, pool }: WorkDeps, { sessionId }: WorkerSession, keep: string[]): WorkerWelcome {
  return create(WorkerWelcomeSchema, {
    executorId,
    pool,
    sessionId,
    keep,
    heartbeatMillis: HEARTBEAT_MS,
    stopAfterMillis: STOP_AFTER_MS,
    maxOutputBytes: MAX_WORKER_OUTPUT_BYTES,
  });
}
