import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  askForTrace,
  contextOf,
  extract,
  extractHeaders,
  hasTrace,
  inject,
  injectHeaders,
  isTraceAskedFor,
  traceparentOf,
} from './trace-context.js';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('trace context', () => {
  it('survives a map of strings', () => {
    const carrier = inject({}, contextOf(PARENT));
    expect(carrier).toEqual({ traceparent: PARENT });
    expect(traceparentOf(extract(carrier))).toBe(PARENT);
  });

  it('survives headers that answer with one value, several or an empty string', () => {
    const single = injectHeaders(new Map<string, string>(), contextOf(PARENT));
    expect(traceparentOf(extractHeaders(single))).toBe(PARENT);
    const several = { get: (key: string): string[] => (key === 'traceparent' ? [PARENT] : []), set: (): void => {} };
    expect(traceparentOf(extractHeaders(several))).toBe(PARENT);
    const none = { get: (): string => '', set: (): void => {} };
    expect(hasTrace(extractHeaders(none))).toBe(false);
  });

  it('keeps the trace state of other vendors', () => {
    const carrier = { traceparent: PARENT, tracestate: 'rojo=00f067aa0ba902b7' };
    expect(inject({}, extract(carrier))).toEqual(carrier);
  });

  it('takes malformed or absent text as no parent', () => {
    for (const text of [undefined, '', 'nonsense', '00-0-0-01', `${PARENT}-tail`]) {
      expect(hasTrace(contextOf(text))).toBe(false);
    }
  });

  it('writes nothing when there is no trace', () => {
    expect(inject({}, ROOT_CONTEXT)).toEqual({});
    expect(traceparentOf(ROOT_CONTEXT)).toBeUndefined();
  });

  it('marks a caller who asks for a trace by header', () => {
    expect(isTraceAskedFor(extract({ 'maestro-trace': 'on' }))).toBe(true);
    expect(isTraceAskedFor(extractHeaders(new Map([['maestro-trace', 'on']])))).toBe(true);
    expect(isTraceAskedFor(extract({ 'maestro-trace': 'off', traceparent: PARENT }))).toBe(false);
    expect(isTraceAskedFor(askForTrace(ROOT_CONTEXT))).toBe(true);
  });

  it('knows that an extracted parent is remote', () => {
    expect(trace.getSpanContext(contextOf(PARENT))?.isRemote).toBe(true);
  });
});
