import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, integer, optional, setting, sharedSettings, text, yesNo, type Config } from '@maestro/config';
import { dockerSettings } from './settings/docker.js';
import { kubernetesSettings } from './settings/kubernetes.js';
import { processSettings } from './settings/processes.js';
import { apiSettings } from './settings/api.js';
import { secretSettings } from './settings/secrets.js';
import { sqlSettings } from './settings/sql.js';
import { workerSettings } from './settings/workers.js';

const { postgresUrl, natsUrl, grpcHost, grpcPort, metricsPort, logLevel, logFormat, otlpUrl } = sharedSettings;

const executorSettings = {
  executorId: setting({
    flag: 'executor-id',
    env: 'MAESTRO_EXECUTOR_ID',
    schema: optional(text()),
    default: '',
    doc: `name of this executor, unique among all; empty: made of the host's name (${hostname()}) and chance`,
    example: 'executor-7',
  }),
  pool: setting({
    flag: 'executor-pool',
    env: 'MAESTRO_EXECUTOR_POOL',
    schema: text(),
    default: 'default',
    doc: 'the pool whose steps it runs',
    example: 'gpu',
  }),
  slots: setting({
    flag: 'executor-slots',
    env: 'MAESTRO_EXECUTOR_SLOTS',
    schema: integer({ min: 1, max: 10_000 }),
    default: '16',
    doc: 'how many processes and requests may run at once (in-process steps take no slot)',
    example: '64',
  }),
  drainSeconds: setting({
    flag: 'executor-drain-seconds',
    env: 'MAESTRO_EXECUTOR_DRAIN_SECONDS',
    schema: integer({ min: 0, max: 86_400 }),
    default: '20',
    doc: 'how long running steps may go on after SIGTERM before they are stopped',
    example: '300',
  }),
  stopGraceSeconds: setting({
    flag: 'executor-stop-grace-seconds',
    env: 'MAESTRO_EXECUTOR_STOP_GRACE_SECONDS',
    schema: integer({ min: 0, max: 3_600 }),
    default: '5',
    doc: 'how long a stopped process has between SIGTERM and SIGKILL',
    example: '30',
  }),
  scratchDir: setting({
    flag: 'executor-scratch-dir',
    env: 'MAESTRO_EXECUTOR_SCRATCH_DIR',
    schema: text(),
    // One folder for each user: the first one to come would otherwise own it.
    default: join(tmpdir(), `maestro-executor-${String(process.getuid?.() ?? 'user')}`),
    doc: 'folder for the working folders of processes',
    example: '/var/tmp/maestro-executor',
  }),
  logBytes: setting({
    flag: 'executor-log-bytes',
    env: 'MAESTRO_EXECUTOR_LOG_BYTES',
    schema: integer({ min: 1_024, max: 1024 ** 3 }),
    default: String(1024 * 1024),
    doc: 'how much of the log of one attempt is kept',
    example: '10485760',
  }),
  logRetentionHours: setting({
    flag: 'executor-log-retention-hours',
    env: 'MAESTRO_EXECUTOR_LOG_RETENTION_HOURS',
    schema: integer({ min: 1, max: 24 * 3_660 }),
    default: String(24 * 14),
    doc: 'how long logs are kept',
    example: '72',
  }),
  httpAllow: setting({
    flag: 'executor-http-allow',
    env: 'MAESTRO_EXECUTOR_HTTP_ALLOW',
    schema: optional(text()),
    default: '',
    doc: 'hosts that Http steps may call, separated by commas; *: any; empty: none',
    example: 'api.example.com,hooks.example.com',
  }),
  httpAllowPrivate: setting({
    flag: 'executor-http-allow-private',
    env: 'MAESTRO_EXECUTOR_HTTP_ALLOW_PRIVATE',
    schema: yesNo(),
    default: 'false',
    doc: 'true: allowed hosts may also have loopback, link-local and private addresses',
    example: 'true',
  }),
  ...dockerSettings,
  ...kubernetesSettings,
  ...processSettings,
  ...secretSettings,
  ...apiSettings,
  ...sqlSettings,
  ...workerSettings,
};

/** executorSpec is everything that can be set of the executor service. */
export const executorSpec = defineConfig({
  program: 'maestro-executor',
  doc: 'runs the attempts of steps and keeps their logs.',
  settings: {
    postgresUrl,
    natsUrl,
    grpcHost,
    grpcPort,
    metricsPort,
    logLevel,
    logFormat,
    otlpUrl,
    ...executorSettings,
  },
});

/** ExecutorConfig is the parsed configuration. */
export type ExecutorConfig = Config<(typeof executorSpec)['settings']>;
