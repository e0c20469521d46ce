import { compose } from './compose.js';
import { testConfig } from './testing/test-gateway.js';

const config = testConfig('127.0.0.1:1');

describe('the gateway as a process', () => {
  it('is ready as soon as it serves, whatever the services do, and gives both ports free again', async () => {
    const gateway = compose(config);
    const { restPort, metricsPort } = await gateway.start();
    expect((await fetch(`http://127.0.0.1:${metricsPort}/ready`)).status).toBe(200);
    await gateway.stop();
    const again = compose({ ...config, restPort, metricsPort });
    expect(await again.start()).toEqual({ restPort, metricsPort });
    await again.stop();
  });

  it('counts requests by route, never by id', async () => {
    const gateway = compose(config);
    const { restPort, metricsPort } = await gateway.start();
    await fetch(`http://127.0.0.1:${restPort}/api/v3/workflows/my-id/instances/x`);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toContain('route="GET /api/v3/workflows/{id}/instances/{instance}",code="INVALID_REQUEST"');
    expect(metrics).not.toContain('my-id');
    await gateway.stop();
  });

  it('says which setting to change when its port is taken', async () => {
    const first = compose(config);
    const { restPort } = await first.start();
    const second = compose({ ...config, restPort });
    await expect(second.start()).rejects.toThrow(/is in use; choose another with --rest-port/);
    await Promise.all([first.stop(), second.stop()]);
  });
});
