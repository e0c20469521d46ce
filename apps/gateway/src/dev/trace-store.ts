import type { Json, JsonObject } from '@maestro/domain';

/** StoredSpan is one span with the name of the service that sent it. */
export interface StoredSpan {
  readonly service: string;
  readonly span: JsonObject;
}

/**
 * TraceStore keeps the newest traces in memory, so that a development machine can show a joined trace without a tracing
 * system. Bounded: the oldest trace goes when there are too many, a trace takes no more spans when it is full.
 */
export class TraceStore {
  private readonly traces = new Map<string, StoredSpan[]>();

  constructor(
    private readonly maxTraces = 500,
    private readonly maxSpans = 2_000,
  ) {}

  /** add takes an OTLP/JSON export (`resourceSpans`); parts it does not understand are left out. */
  add(body: Json): void {
    for (const resource of list(body, 'resourceSpans')) {
      const service = serviceOf(resource);
      for (const scope of list(resource, 'scopeSpans')) {
        for (const span of list(scope, 'spans')) if (isObject(span)) this.store({ service, span });
      }
    }
  }

  /** get is undefined for a trace that was never seen or has gone. */
  get(traceId: string): readonly StoredSpan[] | undefined {
    return this.traces.get(traceId.toLowerCase());
  }

  private store(stored: StoredSpan): void {
    const id = stored.span['traceId'];
    if (typeof id !== 'string') return;
    const spans = this.traces.get(id.toLowerCase()) ?? this.open(id.toLowerCase());
    if (spans.length < this.maxSpans) spans.push(stored);
  }

  private open(id: string): StoredSpan[] {
    const [oldest] = this.traces.keys();
    if (this.traces.size >= this.maxTraces && oldest !== undefined) this.traces.delete(oldest);
    const spans: StoredSpan[] = [];
    this.traces.set(id, spans);
    return spans;
  }
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function list(json: Json | undefined, key: string): readonly Json[] {
  const value = isObject(json) ? json[key] : undefined;
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function serviceOf(resource: Json): string {
  const attributes = isObject(resource) ? list(resource['resource'], 'attributes') : [];
  const named = attributes.find((each) => isObject(each) && each['key'] === 'service.name');
  const value = isObject(named) ? named['value'] : undefined;
  const text = isObject(value) ? value['stringValue'] : undefined;
  return typeof text === 'string' ? text : 'unknown';
}
