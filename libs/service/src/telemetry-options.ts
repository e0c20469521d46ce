import type { TelemetryOptions } from '@maestro/telemetry';

/** VERSION of the services, that of the package: what they say of themselves in traces and metrics. */
export const VERSION = '0.1.0';

/** TelemetrySettings are the settings of a service that say how it is seen; `sharedSettings` of the configuration have them. */
export interface TelemetrySettings {
  readonly metricsPort: number;
  readonly logLevel: TelemetryOptions['logLevel'];
  readonly logFormat: TelemetryOptions['logFormat'];
  readonly otlpUrl?: string | undefined;
}

/** telemetryOptions are the settings as telemetry takes them; metrics are served on the host that calls are. */
export function telemetryOptions(
  program: { readonly service: string; readonly host: string },
  { metricsPort, logLevel, logFormat, otlpUrl }: TelemetrySettings,
): TelemetryOptions {
  const { service, host } = program;
  const otlp = otlpUrl === undefined ? {} : { otlpUrl };
  return { service, version: VERSION, metricsHost: host, metricsPort, logLevel, logFormat, ...otlp };
}
