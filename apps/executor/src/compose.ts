import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { bindService, createServer } from '@maestro/grpc';
import { connectMessaging, EXECUTORS_CANCEL, executorCancelSubject } from '@maestro/messaging';
import { createPool, healthCheck } from '@maestro/postgres';
import { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { STEP_TYPES } from '@maestro/steps';
import { requestMetrics, startTelemetry } from '@maestro/telemetry';
import { natsSchedulerLink } from './adapters/nats/scheduler-link.js';
import { natsTaskSource } from './adapters/nats/task-source.js';
import { postgresLogSignals } from './adapters/postgres/log-signals.js';
import { postgresLogStore } from './adapters/postgres/log-store.js';
import { openAttemptSpan } from './adapters/telemetry/attempt-span.js';
import { executionObserver, observeExecution } from './adapters/telemetry/execution-metrics.js';
import type { ExecutorConfig } from './config.js';
import { cancelHandler } from './consumers/cancel.js';
import { deleteOldLogs } from './loops/delete-old-logs.js';
import { every } from './loops/every.js';
import { LeaseLoop } from './loops/renew-lease.js';
import { getStatusHandler } from './rpc/get-status.js';
import { readLogHandler } from './rpc/read-log.js';
import { createRuntimes, type RuntimeSettings } from './runtimes/registry.js';
import { acceptTask } from './usecases/accept-task.js';
import { createExecution } from './usecases/create-execution.js';
import { drain } from './usecases/drain.js';
import { creditOf } from './usecases/free-slots.js';
import { LogWriter } from './usecases/log-writer.js';
import { SchedulerClock } from './usecases/scheduler-clock.js';
import { watchAttempts } from './usecases/watch-attempts.js';

const SERVICE = 'maestro-executor';
const SCHEMA = 'executor';
const VERSION = '0.1.0';
/** How exactly timeouts and the two seconds of the fast path are kept. */
const WATCH_MS = 100;
const RETENTION_ROUND_MS = 10 * 60_000;
/** How long the end waits for the scheduler's last answers, and for calls. */
const LAST_ANSWERS_MS = 5_000;
const FIRST_LOG_PATIENCE_MS = 30_000;

/** Executor types: everything that the engine does not run by itself, also what can only be refused here. */
const TAKEN_TYPES = STEP_TYPES.filter(({ runs }) => runs !== 'engine').map(({ name }) => name);

/** ExecutorProcess is the service in one process. */
export interface ExecutorProcess {
  /** Takes work and serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly executorId: string; readonly grpcPort: number; readonly metricsPort: number }>;
  /** Drains, then closes everything. */
  stop(): Promise<void>;
}

type OnStop = <T>(thing: T, close: (thing: T) => Promise<unknown> | void) => T;

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: ExecutorConfig): ExecutorProcess {
  const closers: (() => Promise<unknown> | void)[] = [];
  const onStop: OnStop = (thing, close) => {
    closers.unshift(() => close(thing));
    return thing;
  };
  return {
    start: () => start(config, onStop),
    stop: async () => {
      for (const close of closers.splice(0)) await close();
    },
  };
}

async function start(config: ExecutorConfig, onStop: OnStop): ReturnType<ExecutorProcess['start']> {
  const executorId = config.executorId ?? `${hostname()}-${randomBytes(4).toString('hex')}`;
  const telemetry = onStop(await startTelemetry(telemetryOptions(config)), (it) => it.stop());
  const { logger, meter, tracer } = telemetry;
  const onIdleError = (err: Error): void => logger.warn({ err }, 'a connection to Postgres was lost');
  const pools = openPools(config, onIdleError);
  for (const pool of Object.values(pools)) onStop(pool, (it) => it.end());
  const messaging = onStop(await connectMessaging({ url: config.natsUrl, name: SERVICE, logger }), (it) => it.close());
  const store = postgresLogStore(pools.logs);
  const signals = onStop(postgresLogSignals(pools.listening), (it) => it.close());
  const failed = (err: unknown): void =>
    logger.warn({ err }, 'logs could not be written; they are kept and tried again');
  const logs = onStop(new LogWriter({ store, failed }), (it) => it.close());
  const clock = new SchedulerClock({ monotonic: () => performance.now() }, Date.now());
  const link = natsSchedulerLink(messaging);
  const execution = createExecution({
    executorId,
    slots: config.slots,
    clock,
    runtimes: createRuntimes(runtimeSettings(config, executorId)),
    link,
    observer: executionObserver(meter),
    openSpan: (task) => openAttemptSpan(tracer, task),
    logs,
    logBytes: config.logBytes,
    creditChanged: () => tasks.creditChanged(),
  });
  observeExecution(meter, execution);
  const tasks = natsTaskSource({
    messaging,
    logger,
    pool: config.pool,
    types: TAKEN_TYPES,
    credit: (type) => creditOf(execution, type),
    deliver: (delivery) => acceptTask(execution, delivery),
  });
  const server = createServer({
    services: [
      bindService(ExecutorService, {
        readLog: readLogHandler({ store, signals, patienceMs: FIRST_LOG_PATIENCE_MS }),
        getStatus: getStatusHandler({ execution, pool: config.pool, stepTypes: TAKEN_TYPES }),
      }),
    ],
    logger,
    tracer,
    metrics: requestMetrics(meter, 'grpc_server'),
  });
  const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
  onStop(server, (it) => it.drain(LAST_ANSWERS_MS));
  const loopFailed = (err: unknown): void => logger.error({ err }, 'a round of a background loop failed');
  const retentionMs = config.logRetentionHours * 3_600_000;
  onStop(
    every(RETENTION_ROUND_MS, () => deleteOldLogs(store, clock, retentionMs), loopFailed),
    (end) => end(),
  );
  onStop(
    every(WATCH_MS, () => watchAttempts(execution), loopFailed),
    (end) => end(),
  );
  const lease = new LeaseLoop({
    execution,
    link,
    clock,
    logger,
    pool: config.pool,
    stepTypes: TAKEN_TYPES,
    address: () => `${config.grpcHost}:${grpcPort}`,
    incarnation: BigInt(Date.now()),
  });
  onStop(lease, (it) => it.stop());
  onStop(execution.reports, (it) => it.close());
  const cancels = [EXECUTORS_CANCEL, executorCancelSubject(executorId)];
  for (const subject of cancels) onStop(messaging.listen(subject, cancelHandler(execution)), (it) => it.stop());
  onStop(tasks, async () => {
    tasks.stop();
    const drained = drain(execution, config.drainSeconds * 1_000, LAST_ANSWERS_MS);
    // The scheduler stops counting on this executor at once.
    await lease.renew();
    await drained;
  });
  telemetry.readiness.register('postgres', async () => void (await healthCheck(pools.logs)));
  telemetry.readiness.register('nats', () => messaging.ready());
  lease.start();
  logger.info({ executorId, grpcPort, metricsPort: telemetry.port, pool: config.pool }, 'executor serves');
  return { executorId, grpcPort, metricsPort: telemetry.port };
}

function runtimeSettings(config: ExecutorConfig, executorId: string): RuntimeSettings {
  const hosts = (config.httpAllow ?? '').split(',').map((host) => host.trim().toLowerCase());
  return {
    shell: { scratchDir: join(config.scratchDir, executorId), graceMs: config.stopGraceSeconds * 1_000 },
    http: {
      allowedHosts: hosts.filter((host) => host !== ''),
      allowPrivate: config.httpAllowPrivate,
      resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    },
  };
}

function telemetryOptions(config: ExecutorConfig): Parameters<typeof startTelemetry>[0] {
  return {
    service: SERVICE,
    version: VERSION,
    metricsHost: config.grpcHost,
    metricsPort: config.metricsPort,
    logLevel: config.logLevel,
    logFormat: config.logFormat,
    ...(config.otlpUrl === undefined ? {} : { otlpUrl: config.otlpUrl }),
  };
}

function openPools(config: ExecutorConfig, onIdleError: (error: Error) => void) {
  const options = { url: config.postgresUrl, schema: SCHEMA, applicationName: SERVICE, onIdleError };
  return { logs: createPool({ ...options, max: 4 }), listening: createPool({ ...options, max: 1 }) };
}
