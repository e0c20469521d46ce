import { join } from 'node:path';
import { bindService, createServer } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { PermitService } from '@maestro/proto/maestro/scheduler/v1/permit_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { Closers, postgresAway } from '@maestro/service';
import { requestMetrics } from '@maestro/telemetry';
import type { SchedulerConfig } from './config.js';
import { openBase } from './compose/base.js';
import { startBulkJobs } from './compose/bulk-jobs.js';
import { startBreakpoints } from './compose/breakpoints.js';
import { openCore } from './compose/core.js';
import { startConsumers } from './compose/consumers.js';
import { startLoops } from './compose/loops.js';
import { permitDeps } from './compose/permit-deps.js';
import { startTimeTriggers } from './compose/time-triggers.js';
import { actionHandlers } from './rpc/action-handlers.js';
import { permitHandlers } from './rpc/permit-handlers.js';
import { schedulerHandlers } from './rpc/scheduler-handlers.js';
import { triggerHandlers } from './rpc/trigger-handlers.js';
import { viewHandlers } from './rpc/view-handlers.js';

/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;
/** Beside the bundle of the service. */
const WORKER_SCRIPT = join(__dirname, 'evaluation-worker.js');

/** SchedulerProcess is the service in one process. */
export interface SchedulerProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number; readonly replicaId: string }>;
  /** Lets calls and commits finish, hands its shards over, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: SchedulerConfig, workerScript = WORKER_SCRIPT): SchedulerProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const base = await openBase(config, workerScript, closers);
      const core = await openCore(config, base, closers);
      await startBreakpoints(base, core, closers);
      await startLoops(config, base, core, closers);
      startConsumers(base, core, closers);
      const triggers = startTimeTriggers(base, core, closers);
      const bulk = startBulkJobs(base, core, closers);
      const { logger, tracer, meter } = base.telemetry;
      const server = createServer({
        services: [
          bindService(SchedulerService, schedulerHandlers(core.rpc)),
          bindService(ActionService, actionHandlers({ ...core.actions, ...bulk })),
          bindService(ViewService, viewHandlers(core.rpc)),
          bindService(PermitService, permitHandlers(permitDeps(base, core))),
          bindService(TriggerService, triggerHandlers({ ...core.rpc, ...triggers })),
        ],
        logger,
        tracer,
        metrics: requestMetrics(meter, 'grpc_server'),
        interceptors: [postgresAway],
      });
      const grpcPort = await server.listen(`${config.grpcHost}:${String(config.grpcPort)}`);
      closers.add(() => server.drain(DRAIN_MS));
      logger.info({ grpcPort, metricsPort: base.telemetry.port, replicaId: base.replicaId }, 'scheduler serves');
      return { grpcPort, metricsPort: base.telemetry.port, replicaId: base.replicaId };
    },
    stop: () => closers.closeAll(),
  };
}
