import { defineConfig, integer, setting, sharedSettings, type Config } from '@maestro/config';

/** definitionConfig is all that can be set of the definition service. */
export const definitionConfig = defineConfig({
  program: 'maestro-definition',
  doc: 'keeps workflows, their versions and their properties',
  settings: {
    postgresUrl: sharedSettings.postgresUrl,
    natsUrl: sharedSettings.natsUrl,
    grpcHost: sharedSettings.grpcHost,
    grpcPort: sharedSettings.grpcPort,
    metricsPort: sharedSettings.metricsPort,
    logLevel: sharedSettings.logLevel,
    logFormat: sharedSettings.logFormat,
    otlpUrl: sharedSettings.otlpUrl,
    postgresConnections: setting({
      flag: 'definition-postgres-connections',
      env: 'MAESTRO_DEFINITION_POSTGRES_CONNECTIONS',
      schema: integer({ min: 2, max: 200 }),
      default: '10',
      doc: 'most connections to Postgres for acts and look-ups (four more serve lists and the feed)',
      example: '20',
    }),
  },
});

export type DefinitionConfig = Config<typeof definitionConfig.settings>;
