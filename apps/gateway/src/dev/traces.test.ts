import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { TraceStore } from './trace-store.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const exported = (service: string, traceId: string, ...names: string[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans: names.map((name) => ({ traceId, spanId: '00f067aa0ba902b7', name })) }],
    },
  ],
});

describe('the trace store', () => {
  it('joins the spans of all services that belong to one trace', () => {
    const store = new TraceStore();
    store.add(exported('scheduler', TRACE, 'start'));
    store.add(exported('executor', TRACE.toUpperCase(), 'run'));
    expect(store.get(TRACE)?.map(({ service, span }) => [service, span['name']])).toEqual([
      ['scheduler', 'start'],
      ['executor', 'run'],
    ]);
  });

  it('is bounded: the oldest trace goes, a full one takes no more', () => {
    const store = new TraceStore(2, 1);
    for (const id of ['a', 'b', 'c']) store.add(exported('s', id, 'one', 'two'));
    expect(store.get('a')).toBeUndefined();
    expect(store.get('c')).toHaveLength(1);
  });

  it('leaves out what it does not understand', () => {
    const store = new TraceStore();
    for (const body of [null, 5n, [], { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }, 1n] }] }] }])
      store.add(body);
    expect(store.get('undefined')).toBeUndefined();
  });
});

describe('traces through the gateway', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  it('are received where OTLP exporters send them and read by their id', async () => {
    const body = JSON.stringify(exported('scheduler', TRACE, 'start'));
    expect((await gateway.send('POST', '/v1/traces', { body, caller: null })).status).toBe(200);
    const { json } = await gateway.send('GET', `/dev/traces/${TRACE}`);
    expect(json).toMatchObject({ trace_id: TRACE, spans: [{ service: 'scheduler', name: 'start' }] });
    expect((await gateway.send('GET', '/dev/traces/unknown')).status).toBe(404);
  });

  it('that a client is part of go on to the services and come back in the answer', async () => {
    const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
    gateway.serve({ getTimeline: async () => ({ workflowId: 'w' }) });
    const { headers } = await gateway.send('GET', '/workflows/w/timeline', { headers: { traceparent } });
    expect(gateway.calls[0]?.traceparent).toBe(traceparent);
    expect(headers.get('traceparent')).toBe(traceparent);
  });
});
