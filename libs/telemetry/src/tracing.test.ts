import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { inSpan } from './in-span.js';
import { contextOf, traceparentOf } from './trace-context.js';
import { startTracing } from './tracing.js';

const BASE = { service: 'scheduler', version: '1' };
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('tracing', () => {
  it('records nothing without a receiver, yet passes a parent on', async () => {
    const { tracer } = startTracing({ ...BASE, sampleRate: 10 });
    const span = tracer.startSpan('start', {}, contextOf(PARENT));
    expect(span.isRecording()).toBe(false);
    expect(span.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(await inSpan(tracer, 'work', {}, () => 7)).toBe(7);
    expect(tracer.startActiveSpan('work', {}, contextOf(PARENT), (active) => active.spanContext().traceId)).toBe(
      '0af7651916cd43dd8448eb211c80319c',
    );
  });

  it('joins nested spans into one trace and marks the one that failed', async () => {
    // The exporter empties itself when it is shut down, so the spans are read as they come.
    const names: [name: string, traceId: string, failed: boolean][] = [];
    const exporter = new InMemorySpanExporter();
    const take = exporter.export.bind(exporter);
    exporter.export = (spans, done) => {
      names.push(
        ...spans.map((s): [string, string, boolean] => [
          s.name,
          s.spanContext().traceId,
          s.status.code === SpanStatusCode.ERROR,
        ]),
      );
      take(spans, done);
    };
    const tracing = startTracing({ ...BASE, sampleRate: 0, exporter });
    const { tracer } = tracing;
    const outer = inSpan(tracer, 'outer', { parent: contextOf(PARENT) }, async () => {
      await inSpan(tracer, 'inner', {}, () => Promise.reject(new Error('no'))).catch(() => undefined);
      return traceparentOf();
    });
    expect(await outer).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
    await tracing.stop();
    expect(names).toEqual([
      ['inner', '0af7651916cd43dd8448eb211c80319c', true],
      ['outer', '0af7651916cd43dd8448eb211c80319c', false],
    ]);
  });
});
