import {
  context,
  INVALID_SPAN_CONTEXT,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';

type Work = (span: Span) => unknown;

/** NoopTracer records nothing; its spans carry the parent's ids, so that a trace of others passes through unharmed. */
class NoopTracer implements Tracer {
  startSpan(_name: string, _options?: SpanOptions, parent: Context = context.active()): Span {
    return trace.wrapSpanContext(trace.getSpanContext(parent) ?? INVALID_SPAN_CONTEXT);
  }

  startActiveSpan<F extends Work>(name: string, work: F): ReturnType<F>;
  startActiveSpan<F extends Work>(name: string, options: SpanOptions, work: F): ReturnType<F>;
  startActiveSpan<F extends Work>(name: string, options: SpanOptions, parent: Context, work: F): ReturnType<F>;
  startActiveSpan<F extends Work>(name: string, ...rest: (F | SpanOptions | Context)[]): ReturnType<F> {
    const work = rest.at(-1) as F;
    const parent = rest.length === 3 ? (rest[1] as Context) : context.active();
    return work(this.startSpan(name, {}, parent)) as ReturnType<F>;
  }
}

/** noopTracer is for processes without a receiver of traces, and for libraries that were given no tracer. */
export const noopTracer: Tracer = new NoopTracer();
