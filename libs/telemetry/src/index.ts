export {
  LOGGER_LEVELS,
  LOG_FORMATS,
  createLogger,
  withIds,
  silentLogger,
  type Logger,
  type LogMethod,
  type LogIds,
  type LoggerLevel,
  type LogFormat,
  type LoggerOptions,
} from './logger.js';
export {
  TRACE_REQUEST_HEADER,
  TRACEPARENT_HEADER,
  inject,
  extract,
  injectHeaders,
  extractHeaders,
  traceparentOf,
  contextOf,
  hasTrace,
  askForTrace,
  isTraceAskedFor,
  type StringMap,
  type HeaderMap,
  type HeaderSource,
} from './trace-context.js';
export { HeadSampler } from './head-sampler.js';
export { startTracing, type Tracing, type TracingOptions } from './tracing.js';
export { inSpan, type SpanOptions } from './in-span.js';
export { noopTracer } from './noop-tracer.js';
export { requestMetrics, type RequestMetrics, type Labels } from './request-metrics.js';
export { Readiness, type ReadinessCheck, type ReadinessReport } from './readiness.js';
export { startTelemetry, DEFAULT_SAMPLE_RATE, type Telemetry, type TelemetryOptions } from './start-telemetry.js';
