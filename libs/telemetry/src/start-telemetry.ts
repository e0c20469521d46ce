import { type Meter, type Tracer } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { createLogger, type LogFormat, type Logger, type LoggerLevel } from './logger.js';
import { registerProcessMetrics } from './process-metrics.js';
import { Readiness } from './readiness.js';
import { startTelemetryServer } from './telemetry-server.js';
import { startTracing } from './tracing.js';

/** New traces a second when nothing else is configured: enough to look at, too few to cost throughput. */
export const DEFAULT_SAMPLE_RATE = 10;

export interface TelemetryOptions {
  readonly service: string;
  readonly version: string;
  /** Base address of an OTLP/HTTP receiver (`http://host:4318`). Absent: tracing is off and costs nothing. */
  readonly otlpUrl?: string;
  readonly metricsHost: string;
  /** 0 = a free one; `port` of the result says which. */
  readonly metricsPort: number;
  readonly logLevel: LoggerLevel;
  readonly logFormat: LogFormat;
  /** New traces a second, DEFAULT_SAMPLE_RATE when absent. */
  readonly sampleRate?: number;
}

/** Telemetry is what one process sees itself with. */
export interface Telemetry {
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly logger: Logger;
  readonly readiness: Readiness;
  /** The port of `/metrics`, `/ready` and `/live`. */
  readonly port: number;
  /** Sends what is buffered and closes the port. */
  stop(): Promise<void>;
}

/** startTelemetry starts logs, metrics, traces and probes of a process. Rejects when the port is taken. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { service, version } = options;
  const readiness = new Readiness();
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const meters = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    readers: [prometheus],
  });
  const server = await startTelemetryServer({
    host: options.metricsHost,
    port: options.metricsPort,
    readiness,
    metrics: (request, response) => prometheus.getMetricsRequestHandler(request, response),
  });
  const tracing = startTracing({ ...options, sampleRate: options.sampleRate ?? DEFAULT_SAMPLE_RATE });
  const meter = meters.getMeter('maestro');
  registerProcessMetrics(meter);
  return {
    tracer: tracing.tracer,
    meter,
    logger: createLogger({ service, version, level: options.logLevel, format: options.logFormat }),
    readiness,
    port: server.port,
    stop: async () => {
      await Promise.all([server.stop(), tracing.stop(), meters.shutdown()]);
    },
  };
}
