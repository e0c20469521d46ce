import { randomUUID } from 'node:crypto';
import { bindService, createChannel, type BoundService } from '@maestro/grpc';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { WorkerService } from '@maestro/proto/maestro/executor/v1/worker_service';
import type { Closers } from '@maestro/service';
import type { Logger } from '@maestro/telemetry';
import { grpcStepTypeRegister } from './adapters/grpc/step-type-register.js';
import type { ExecutorConfig } from './config.js';
import { every } from './loops/every.js';
import { workHandler } from './rpc/work.js';
import { WorkerHub } from './runtimes/remote/worker-hub.js';
import { registerTypes } from './usecases/workers/register-types.js';
import { workerTokens } from './usecases/workers/worker-tokens.js';

const SWEEP_MS = 250;
/** How often definitions hear that workers for a type are there. */
const REGISTER_MS = 60_000;

export interface WorkersOptions {
  readonly config: ExecutorConfig;
  readonly executorId: string;
  readonly logger: Logger;
  readonly closers: Closers;
  readonly roomChanged: () => void;
  readonly typeServed: (type: string, served: boolean) => void;
}

/** Workers is what the executor has for remote workers. */
export interface Workers {
  readonly hub: WorkerHub;
  readonly service: BoundService;
}

/** composeWorkers wires what remote workers need; their streams end with `closers`. */
export function composeWorkers(options: WorkersOptions): Workers {
  const { config, executorId, logger, closers, roomChanged, typeServed } = options;
  const hub = new WorkerHub({ monotonic: () => performance.now(), newSessionId: randomUUID, roomChanged, typeServed });
  const channel = createChannel({ address: config.definitionAddress, services: [StepTypeService] });
  closers.add(() => channel.close());
  const register = grpcStepTypeRegister(channel);
  const failed = (err: unknown): void => logger.warn({ err }, 'a round of a background loop for workers failed');
  closers.add(every(SWEEP_MS, () => hub.sweep(), failed));
  closers.add(every(REGISTER_MS, async () => void (await registerTypes(register, hub.types)), failed));
  closers.add(() => hub.close());
  const tokens = workerTokens(config.workerTokens ?? '');
  const work = workHandler({ hub, register, tokens, logger, executorId, pool: config.pool });
  return { hub, service: bindService(WorkerService, { work }) };
}
