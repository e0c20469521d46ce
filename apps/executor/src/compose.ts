import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EvaluationPool, inPlaceFirst, type Evaluator } from '@maestro/evaluation';
import { bindService, createServer } from '@maestro/grpc';
import { connectMessaging, EXECUTORS_CANCEL, executorCancelSubject } from '@maestro/messaging';
import { createPool, healthCheck } from '@maestro/postgres';
import { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { createCompiler } from '@maestro/sel';
import { Closers, postgresAway, telemetryOptions } from '@maestro/service';
import { STEP_TYPES } from '@maestro/steps';
import { requestMetrics, startTelemetry } from '@maestro/telemetry';
import { natsSchedulerLink } from './adapters/nats/scheduler-link.js';
import { natsTaskSource } from './adapters/nats/task-source.js';
import { postgresCallBackStore } from './adapters/postgres/call-back-store.js';
import { postgresLogSignals } from './adapters/postgres/log-signals.js';
import { postgresLogStore } from './adapters/postgres/log-store.js';
import { postgresOutputDataStore } from './adapters/postgres/output-data-store.js';
import { secretProviders } from './adapters/secrets/secret-providers.js';
import { openAttemptSpan } from './adapters/telemetry/attempt-span.js';
import { executionObserver, observeGauges } from './adapters/telemetry/execution-metrics.js';
import { dockerRuntimeSettings, sweepLoop } from './compose-docker.js';
import { httpSettings } from './compose-http.js';
import { kubernetesRuntimeSettings } from './compose-kubernetes.js';
import { processRuntimeSettings } from './compose-processes.js';
import { sqlSettings } from './compose-sql.js';
import { composeWorkers, type Workers } from './compose-workers.js';
import type { ExecutorConfig } from './config.js';
import { cancelHandler } from './consumers/cancel.js';
import { deleteOld } from './loops/delete-old.js';
import { every } from './loops/every.js';
import { LeaseLoop } from './loops/renew-lease.js';
import type { SecretProvider } from './ports/secret-provider.js';
import { callBackHandler } from './rpc/call-back.js';
import { getStatusHandler } from './rpc/get-status.js';
import { putOutputDataHandler } from './rpc/put-output-data.js';
import { readLogHandler } from './rpc/read-log.js';
import { createRuntimes, type RuntimeSettings } from './runtimes/registry.js';
import type { Runtime } from './runtimes/runtime.js';
import { scratchFolderName, sweepScratch } from './runtimes/process/scratch.js';
import { acceptTask } from './usecases/accept-task.js';
import { Containment } from './usecases/containment.js';
import { createExecution } from './usecases/create-execution.js';
import { drain } from './usecases/drain.js';
import type { Execution } from './usecases/execution.js';
import { executionGauges } from './usecases/execution-gauges.js';
import { creditOf } from './usecases/free-slots.js';
import { LogWriter } from './usecases/log-writer.js';
import { SchedulerClock } from './usecases/scheduler-clock.js';
import { withOutputData } from './usecases/output-data/with-output-data.js';
import { SecretResolver } from './usecases/secrets/secret-resolver.js';
import { withSecrets } from './usecases/secrets/with-secrets.js';
import { watchAttempts } from './usecases/watch-attempts.js';
import { namesOf } from './settings/names-of.js';
import { readTypeSlots, type Shares } from './usecases/shares.js';

const SERVICE = 'maestro-executor';
const SCHEMA = 'executor';
/** How exactly timeouts and the second of the fast path are kept. */
const WATCH_MS = 100;
const RETENTION_ROUND_MS = 10 * 60_000;
/** How long the end waits for the scheduler's last answers, and for calls. */
const LAST_ANSWERS_MS = 5_000;
const FIRST_LOG_PATIENCE_MS = 30_000;
/** Beside the bundle of the service. */
const WORKER_SCRIPT = join(__dirname, 'evaluation-worker.js');
const CACHED_EXPRESSIONS = 1_000;

/** Types of later releases are left to executors of later releases. */
const TAKEN_TYPES = STEP_TYPES.filter(({ runs }) => runs === 'executor').map(({ name }) => name);

/** ExecutorProcess is the service in one process. */
export interface ExecutorProcess {
  /** Takes work and serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly executorId: string; readonly grpcPort: number; readonly metricsPort: number }>;
  /** contain takes an error that nobody caught; false when it belongs to no attempt, so that the process cannot go on. */
  contain(error: unknown): boolean;
  /** Drains, then closes everything. */
  stop(): Promise<void>;
}

/** Surroundings are what the process has besides its configuration. */
export interface Surroundings {
  /** Where `secret://env/..` is looked up; default: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

type Inside = Surroundings & { readonly containment: Containment };

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: ExecutorConfig, surroundings: Surroundings = {}): ExecutorProcess {
  const closers = new Closers();
  const containment = new Containment();
  return {
    start: () => start(config, { ...surroundings, containment }, closers),
    contain: (error) => containment.caught(error),
    stop: () => closers.closeAll(),
  };
}

/** What is opened first is closed last: work stops before loops, loops before the server, that before connections. */
async function start(
  config: ExecutorConfig,
  surroundings: Inside,
  closers: Closers,
): ReturnType<ExecutorProcess['start']> {
  const platform = await openPlatform(config, closers);
  await sweepScratch(config.scratchDir);
  const { execution, clock, link, tasks, workers } = openExecution(config, platform, surroundings, closers);
  const grpcPort = await startServer(config, platform, { execution, workers }, closers);
  const lease = new LeaseLoop({
    execution,
    link,
    clock,
    logger: platform.logger,
    pool: config.pool,
    stepTypes: () => [...TAKEN_TYPES, ...workers.hub.servedTypes],
    workerSlots: () => workers.hub.slots,
    labels: namesOf(config.labels),
    address: () => `${config.grpcHost}:${grpcPort}`,
  });
  closers.add(() => lease.stop());
  startLoops(config, platform, execution, closers);
  closers.add(async () => {
    tasks.stop();
    workers.hub.drain();
    const drained = drain(execution, config.drainSeconds * 1_000, LAST_ANSWERS_MS);
    // The scheduler stops counting on this executor at once.
    await lease.renew();
    await drained;
  });
  lease.start();
  const { executorId } = execution;
  const { metricsPort } = platform;
  platform.logger.info({ executorId, grpcPort, metricsPort, pool: config.pool }, 'executor serves');
  return { executorId, grpcPort, metricsPort };
}

type Platform = Awaited<ReturnType<typeof openPlatform>>;

async function openPlatform(config: ExecutorConfig, closers: Closers) {
  const telemetry = await startTelemetry(telemetryOptions({ service: SERVICE, host: config.grpcHost }, config));
  closers.add(() => telemetry.stop());
  const { logger, meter, readiness, tracer } = telemetry;
  const pools = openPools(config, (err) => logger.warn({ err }, 'a connection to Postgres was lost'));
  for (const pool of Object.values(pools)) closers.add(() => pool.end());
  const messaging = await connectMessaging({ url: config.natsUrl, name: SERVICE, logger });
  closers.add(() => messaging.close());
  readiness.register('postgres', async () => {
    await healthCheck(pools.logs);
    return undefined;
  });
  readiness.register('nats', () => messaging.ready());
  const store = postgresLogStore(pools.logs);
  const signals = postgresLogSignals(pools.listening);
  closers.add(() => signals.close());
  const outputData = postgresOutputDataStore(pools.logs);
  const callBacks = postgresCallBackStore(pools.logs, pools.listening);
  closers.add(() => callBacks.close());
  return { logger, meter, tracer, messaging, store, signals, outputData, callBacks, metricsPort: telemetry.port };
}

function openExecution(config: ExecutorConfig, platform: Platform, surroundings: Inside, closers: Closers) {
  const { containment } = surroundings;
  const { logger, meter, tracer, messaging, store } = platform;
  const executorId = config.executorId ?? `${hostname()}-${randomBytes(4).toString('hex')}`;
  const failed = (err: unknown): void => logger.warn({ err }, 'logs could not be written; they will be tried again');
  const logs = new LogWriter({ store, failed });
  closers.add(() => logs.close());
  const clock = new SchedulerClock({ monotonic: () => performance.now() }, Date.now());
  const link = natsSchedulerLink(messaging);
  const providers = providersOf(config, surroundings);
  const secrets = new SecretResolver({
    providers,
    rules: config.secretsAllow,
    cacheMs: config.secretsCacheSeconds * 1_000,
  });
  const scratchDir = join(config.scratchDir, scratchFolderName(executorId, process.pid));
  const workers = composeWorkers({
    config,
    executorId,
    logger,
    closers,
    roomChanged: () => tasks.creditChanged(),
    typeServed: (type, served) => (served ? tasks.serve(type) : tasks.leave(type)),
  });
  const execution = createExecution({
    executorId,
    incarnation: BigInt(Date.now()),
    slots: config.slots,
    shares: sharesOf(config),
    clock,
    runtimes: createRuntimes({
      ...runtimeSettings(config, scratchDir),
      http: httpSettings(config, { ...platform, clock, evaluator: evaluatorOf(WORKER_SCRIPT, closers) }),
      sql: sqlSettings(config, providers, scratchDir),
    }).map((runtime) => withSecrets(withApi(config, platform, clock, containment.around(runtime)), secrets)),
    remoteRuntime: remoteRuntimes(workers, secrets),
    link,
    observer: executionObserver(meter),
    openSpan: (task) => openAttemptSpan(tracer, task),
    logs,
    logBytes: config.logBytes,
    creditChanged: () => tasks.creditChanged(),
  });
  observeGauges(meter, executionGauges(execution));
  const tasks = natsTaskSource({
    messaging,
    logger,
    pool: config.pool,
    types: TAKEN_TYPES,
    credit: (type) => creditOf(execution, type),
    deliver: (delivery) => acceptTask(execution, delivery),
  });
  return { execution, clock, link, tasks, workers };
}

/** Where steps can reach the API, those that run code get a token for it. */
function withApi({ apiUrl }: ExecutorConfig, platform: Platform, clock: SchedulerClock, runtime: Runtime): Runtime {
  return apiUrl === undefined ? runtime : withOutputData(runtime, { store: platform.outputData, clock, apiUrl });
}

async function startServer(
  config: ExecutorConfig,
  { logger, meter, tracer, store, signals, outputData, callBacks }: Platform,
  { execution, workers }: { readonly execution: Execution; readonly workers: Workers },
  closers: Closers,
): Promise<number> {
  const handlers = {
    readLog: readLogHandler({ store, signals, patienceMs: FIRST_LOG_PATIENCE_MS }),
    putOutputData: putOutputDataHandler({ store: outputData, clock: execution.clock }),
    callBack: callBackHandler({ store: callBacks, clock: execution.clock }),
    getStatus: getStatusHandler({
      execution,
      pool: config.pool,
      stepTypes: () => [...TAKEN_TYPES, ...workers.hub.servedTypes],
    }),
  };
  const server = createServer({
    services: [bindService(ExecutorService, handlers), workers.service],
    logger,
    tracer,
    metrics: requestMetrics(meter, 'grpc_server'),
    interceptors: [postgresAway],
  });
  const port = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
  closers.add(() => server.drain(LAST_ANSWERS_MS));
  return port;
}

function startLoops(
  config: ExecutorConfig,
  { logger, messaging, store, outputData }: Platform,
  execution: Execution,
  closers: Closers,
): void {
  const failed = (err: unknown): void => logger.error({ err }, 'a round of a background loop failed');
  const retentionMs = config.logRetentionHours * 3_600_000;
  closers.add(every(RETENTION_ROUND_MS, () => deleteOld([store, outputData], execution.clock, retentionMs), failed));
  closers.add(every(WATCH_MS, () => watchAttempts(execution), failed));
  closers.add(sweepLoop(config, failed));
  closers.add(() => execution.reports.close());
  for (const subject of [EXECUTORS_CANCEL, executorCancelSubject(execution.executorId)]) {
    const listening = messaging.listen(subject, cancelHandler(execution));
    closers.add(() => listening.stop());
  }
}

function sharesOf({ slots, typeSlots, tenantShare, tenants }: ExecutorConfig): Shares {
  return {
    typeSlots: readTypeSlots(namesOf(typeSlots)),
    tenantSlots: Math.max(1, Math.floor((slots * tenantShare) / 100)),
    tenants: new Set(namesOf(tenants)),
  };
}

/** Secrets go to workers like to any other runtime. */
function remoteRuntimes({ hub }: Workers, secrets: SecretResolver): (type: string) => Runtime | undefined {
  const known = new Map<string, Runtime>();
  return (type) => {
    const plain = hub.runtimeOf(type);
    if (plain === undefined) return undefined;
    const runtime = known.get(type) ?? withSecrets(plain, secrets);
    known.set(type, runtime);
    return runtime;
  };
}

/** Expressions of steps: in this thread where they are cheap, else in worker threads. */
function evaluatorOf(script: string, closers: Closers): Evaluator {
  const workers = new EvaluationPool({ script });
  closers.add(() => workers.close());
  return inPlaceFirst(workers, createCompiler({ cacheSize: CACHED_EXPRESSIONS }));
}

function providersOf(config: ExecutorConfig, { environment = {} }: Surroundings): readonly SecretProvider[] {
  const { secretsVaultUrl: vaultUrl } = config;
  return secretProviders({
    environment,
    dir: config.secretsDir,
    kubernetes: { url: config.secretsKubernetesUrl, accountDir: config.secretsKubernetesAccount },
    vault:
      vaultUrl === undefined
        ? undefined
        : {
            url: vaultUrl,
            tokenFile: config.secretsVaultTokenFile,
            token: config.secretsVaultToken,
            namespace: config.secretsVaultNamespace,
          },
  });
}

function runtimeSettings(config: ExecutorConfig, scratchDir: string): Omit<RuntimeSettings, 'http' | 'sql'> {
  return {
    processes: processRuntimeSettings(config, scratchDir),
    docker: dockerRuntimeSettings(config),
    kubernetes: kubernetesRuntimeSettings(config),
  };
}

function openPools(config: ExecutorConfig, onIdleError: (error: Error) => void) {
  const options = { url: config.postgresUrl, schema: SCHEMA, applicationName: SERVICE, onIdleError };
  return { logs: createPool({ ...options, max: 4 }), listening: createPool({ ...options, max: 2 }) };
}
