import { choice, defineConfig, integer, setting, sharedSettings, type Config } from '@maestro/config';

/** schedulerConfig is all that can be set of the scheduler service. */
export const schedulerConfig = defineConfig({
  program: 'maestro-scheduler',
  doc: 'decides about instances, runs and steps',
  settings: {
    postgresUrl: sharedSettings.postgresUrl,
    natsUrl: sharedSettings.natsUrl,
    definitionAddress: sharedSettings.definitionAddress,
    grpcHost: sharedSettings.grpcHost,
    grpcPort: sharedSettings.grpcPort,
    metricsPort: sharedSettings.metricsPort,
    logLevel: sharedSettings.logLevel,
    logFormat: sharedSettings.logFormat,
    otlpUrl: sharedSettings.otlpUrl,
    executionEnvironment: sharedSettings.executionEnvironment,
    defaultParams: sharedSettings.defaultParams,
    cacheMegabytes: setting({
      flag: 'scheduler-cache-mb',
      env: 'MAESTRO_SCHEDULER_CACHE_MB',
      schema: integer({ min: 1, max: 100_000 }),
      default: '256',
      doc: 'memory for runs that are worked on; runs that wait are dropped from it first',
      example: '512',
    }),
    evaluationSeconds: setting({
      flag: 'scheduler-evaluation-seconds',
      env: 'MAESTRO_SCHEDULER_EVALUATION_SECONDS',
      schema: integer({ min: 1, max: 600 }),
      default: '120',
      doc: 'how long the expressions of one step or workflow may take in a worker thread before they fail',
      example: '30',
    }),
    evaluationThreads: setting({
      flag: 'scheduler-evaluation-threads',
      env: 'MAESTRO_SCHEDULER_EVALUATION_THREADS',
      schema: integer({ min: 1, max: 64 }),
      default: '1',
      doc: 'worker threads for expressions that take long; one more does the short ones',
      example: '4',
    }),
    loopIterations: setting({
      flag: 'scheduler-loop-iterations',
      env: 'MAESTRO_SCHEDULER_LOOP_ITERATIONS',
      schema: integer({ min: 1, max: 10_000_000 }),
      default: '1000000',
      doc: 'how many iterations a foreach or while may make',
      example: '25000',
    }),
    retentionDays: setting({
      flag: 'scheduler-retention-days',
      env: 'MAESTRO_SCHEDULER_RETENTION_DAYS',
      schema: integer({ min: 0, max: 36_500 }),
      default: '90',
      doc: 'how long runs that have ended are kept, in whole weeks; 0 = for ever; tags of workflows say otherwise',
      example: '365',
    }),
    retention: setting({
      flag: 'scheduler-retention',
      env: 'MAESTRO_SCHEDULER_RETENTION',
      schema: choice(['drop', 'archive']),
      default: 'drop',
      doc: 'what becomes of runs past their retention: gone, or moved to the schema scheduler_archive',
      example: 'archive',
    }),
    maxWaiting: setting({
      flag: 'scheduler-max-waiting',
      env: 'MAESTRO_SCHEDULER_MAX_WAITING',
      schema: integer({ min: 100, max: 1_000_000 }),
      default: '20000',
      doc: 'starts are refused with OVERLOADED above this many waiting requests',
      example: '50000',
    }),
  },
});

export type SchedulerConfig = Config<typeof schedulerConfig.settings>;
