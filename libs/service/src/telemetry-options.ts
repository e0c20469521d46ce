import type { TelemetryOptions } from '@maestro/telemetry';

/** TelemetrySettings are the settings of a service that say how it is seen; `sharedSettings` of the configuration have them. */
export interface TelemetrySettings {
  readonly metricsPort: number;
  readonly logLevel: TelemetryOptions['logLevel'];
  readonly logFormat: TelemetryOptions['logFormat'];
  readonly otlpUrl?: string | undefined;
}

/** telemetryOptions are the settings as telemetry takes them; metrics are served on the host that calls are. */
export function telemetryOptions(
  program: { readonly service: string; readonly version: string; readonly host: string },
  { metricsPort, logLevel, logFormat, otlpUrl }: TelemetrySettings,
): TelemetryOptions {
  const { service, version, host } = program;
  const otlp = otlpUrl === undefined ? {} : { otlpUrl };
  return { service, version, metricsHost: host, metricsPort, logLevel, logFormat, ...otlp };
}
