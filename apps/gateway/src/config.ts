import { type Config, defineConfig, integer, port, setting, sharedSettings, text } from '@maestro/config';

/** gatewayConfig is all that can be set of the gateway. */
export const gatewayConfig = defineConfig({
  program: 'maestro-gateway',
  doc: "serves Maestro's REST API and passes every call on to the services",
  settings: {
    restHost: setting({
      flag: 'rest-host',
      env: 'MAESTRO_REST_HOST',
      schema: text(),
      default: '127.0.0.1',
      doc: 'the address that the REST API listens on',
      example: '0.0.0.0',
    }),
    restPort: setting({
      flag: 'rest-port',
      env: 'MAESTRO_REST_PORT',
      schema: port(),
      default: '8080',
      doc: 'port of the REST API (0: any free one)',
      example: '8080',
    }),
    maxInFlight: setting({
      flag: 'rest-max-in-flight',
      env: 'MAESTRO_REST_MAX_IN_FLIGHT',
      schema: integer({ min: 1, max: 1_000_000 }),
      default: '5000',
      doc: 'most requests worked on at once, watchers included; more are answered with 429',
      example: '10000',
    }),
    definitionAddress: sharedSettings.definitionAddress,
    schedulerAddress: sharedSettings.schedulerAddress,
    executorAddress: sharedSettings.executorAddress,
    signalAddress: sharedSettings.signalAddress,
    notifierAddress: sharedSettings.notifierAddress,
    metricsPort: sharedSettings.metricsPort,
    logLevel: sharedSettings.logLevel,
    logFormat: sharedSettings.logFormat,
    otlpUrl: sharedSettings.otlpUrl,
  },
});

export type GatewayConfig = Config<typeof gatewayConfig.settings>;
