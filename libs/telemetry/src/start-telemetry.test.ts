import { requestMetrics } from './request-metrics.js';
import { startTelemetry, type Telemetry } from './start-telemetry.js';

describe('telemetry server', () => {
  let telemetry: Telemetry;
  const get = async (path: string): Promise<{ status: number; body: string }> => {
    const response = await fetch(`http://127.0.0.1:${String(telemetry.port)}${path}`);
    return { status: response.status, body: await response.text() };
  };

  beforeEach(async () => {
    telemetry = await startTelemetry({
      service: 'scheduler',
      version: '1',
      metricsHost: '127.0.0.1',
      metricsPort: 0,
      logLevel: 'silent',
      logFormat: 'json',
    });
  });
  afterEach(() => telemetry.stop());

  it('serves the golden signals in the Prometheus text format', async () => {
    const rpc = requestMetrics(telemetry.meter, 'rpc');
    rpc.begin({ method: 'Start' })();
    rpc.begin({ method: 'Start' })('CONFLICT');
    rpc.begin({ method: 'Stop' });
    const { status, body } = await get('/metrics');
    expect(status).toBe(200);
    expect(body).toMatch(/rpc_duration_seconds_count\{method="Start"[^}]*\} 2/);
    expect(body).toMatch(/rpc_errors_total\{method="Start",code="CONFLICT"[^}]*\} 1/);
    expect(body).toMatch(/rpc_in_flight\{method="Stop"[^}]*\} 1/);
    expect(body).toContain('service_name="scheduler"');
    expect(body).toMatch(/process_cpu_seconds_total.* \d/);
  });

  it('is ready when every check is, and says what is missing when one is not', async () => {
    telemetry.readiness.register('nats', () => undefined);
    expect(await get('/ready')).toEqual({ status: 200, body: '{"ready":true,"reasons":{}}' });
    telemetry.readiness.register('postgres', () => 'connection refused');
    telemetry.readiness.register('feed', () => Promise.reject(new Error('behind by 9')));
    const { status, body } = await get('/ready');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({
      ready: false,
      reasons: { postgres: 'connection refused', feed: 'behind by 9' },
    });
  });

  it('is alive, and points elsewhere for other paths', async () => {
    expect((await get('/live')).status).toBe(200);
    expect((await get('/nothing')).status).toBe(404);
  });

  it('rejects when the port is taken', async () => {
    const taken = startTelemetry({
      service: 'other',
      version: '1',
      metricsHost: '127.0.0.1',
      metricsPort: telemetry.port,
      logLevel: 'silent',
      logFormat: 'json',
    });
    await expect(taken).rejects.toThrow(/EADDRINUSE/);
  });
});
