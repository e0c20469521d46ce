import { defineConfig, integer, setting, sharedSettings, type Config } from '@maestro/config';
import { alertSettings } from './settings/alerts.js';
import { deliverySettings } from './settings/deliveries.js';
import { eventSettings } from './settings/events.js';
import { webhookSettings } from './settings/webhooks.js';

/** notifierConfig is all that can be set of the notifier. */
export const notifierConfig = defineConfig({
  program: 'maestro-notifier',
  doc: 'tells the world outside what happens: events and alerts',
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
      flag: 'notifier-postgres-connections',
      env: 'MAESTRO_NOTIFIER_POSTGRES_CONNECTIONS',
      schema: integer({ min: 2, max: 200 }),
      default: '6',
      doc: 'most connections to Postgres',
      example: '10',
    }),
    ...eventSettings,
    ...webhookSettings,
    ...deliverySettings,
    ...alertSettings,
  },
});

export type NotifierConfig = Config<typeof notifierConfig.settings>;
