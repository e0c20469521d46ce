import { context, trace, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { HeadSampler } from './head-sampler.js';
import { noopTracer } from './noop-tracer.js';

export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  /** Base address of an OTLP/HTTP receiver, without `/v1/traces`. Absent: nothing is recorded. */
  readonly otlpUrl?: string;
  /** New traces a second; see HeadSampler. */
  readonly sampleRate: number;
  /** Replaces the OTLP exporter (tests). */
  readonly exporter?: SpanExporter;
}

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is buffered, then stops. */
  stop(): Promise<void>;
}

/**
 * startTracing makes the process's tracer. Without a receiver it is a tracer that records nothing and sets no context
 * manager: following contexts across awaits is not free, and nobody would read the result.
 */
export function startTracing(options: TracingOptions): Tracing {
  const exporter = options.exporter ?? otlpExporter(options.otlpUrl);
  if (exporter === undefined) {
    return { tracer: noopTracer, stop: () => Promise.resolve() };
  }
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.version': options.version }),
    sampler: new HeadSampler(options.sampleRate),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // No global propagator: what crosses a process boundary is injected and extracted by hand (trace-context.ts).
  provider.register({ propagator: null });
  return { tracer: provider.getTracer(options.service), stop: () => stopTracing(provider) };
}

function otlpExporter(baseUrl: string | undefined): SpanExporter | undefined {
  if (baseUrl === undefined || baseUrl === '') return undefined;
  return new OTLPTraceExporter({ url: `${baseUrl.replace(/\/+$/, '')}/v1/traces` });
}

/** How long the last spans may take to leave. */
const STOP_WAIT_MS = 1_000;

async function stopTracing(provider: NodeTracerProvider): Promise<void> {
  // Whoever collects traces may be gone already; a stop does not wait for it.
  const waited = new Promise<void>((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref());
  await Promise.race([provider.shutdown().catch(() => undefined), waited]);
  trace.disable();
  context.disable();
}
