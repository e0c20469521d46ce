import { defineConfig, integer, setting, sharedSettings, type Config } from '@maestro/config';

/** signalConfig is all that can be set of the signal service. */
export const signalConfig = defineConfig({
  program: 'maestro-signal',
  doc: 'stores announcements of signals and tells who hears them',
  settings: {
    postgresUrl: sharedSettings.postgresUrl,
    natsUrl: sharedSettings.natsUrl,
    grpcHost: sharedSettings.grpcHost,
    grpcPort: sharedSettings.grpcPort,
    metricsPort: sharedSettings.metricsPort,
    logLevel: sharedSettings.logLevel,
    logFormat: sharedSettings.logFormat,
    otlpUrl: sharedSettings.otlpUrl,
    definitionAddress: sharedSettings.definitionAddress,
    schedulerAddress: sharedSettings.schedulerAddress,
    postgresConnections: setting({
      flag: 'signal-postgres-connections',
      env: 'MAESTRO_SIGNAL_POSTGRES_CONNECTIONS',
      schema: integer({ min: 2, max: 200 }),
      default: '6',
      doc: 'most connections to Postgres',
      example: '10',
    }),
    dedupHours: setting({
      flag: 'signal-dedup-hours',
      env: 'MAESTRO_SIGNAL_DEDUP_HOURS',
      schema: integer({ min: 0, max: 24 * 36_525 }),
      default: '24',
      doc: 'for how long a signal with the same name and params, announced without a request id, is the same announcement',
      example: '1',
    }),
    retentionDays: setting({
      flag: 'signal-retention-days',
      env: 'MAESTRO_SIGNAL_RETENTION_DAYS',
      schema: integer({ min: 1, max: 36_525 }),
      default: '365',
      doc: 'how long announcements, and what they freed and started, are kept; the latest of each name always is',
      example: '30',
    }),
    relayAfterMs: setting({
      flag: 'signal-relay-after-ms',
      env: 'MAESTRO_SIGNAL_RELAY_AFTER_MS',
      schema: integer({ min: 0, max: 3_600_000 }),
      default: '5000',
      doc: 'how old a committed announcement must be before any process publishes it again',
      example: '2000',
    }),
  },
});

export type SignalConfig = Config<typeof signalConfig.settings>;
