import { containing } from './testing/matchers.js';
import { FakeGateway, json } from './testing/fake-gateway.js';
import { run } from './testing/run.js';

describe('the command line', () => {
  it('without anything shows the help', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    expect(out).toContain('maestro push examples/hello.yaml');
  });

  it('suggests what a typo was meant to be, and ends with 2', async () => {
    const { code, err } = await run(['strat', 'hello']);
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'strat'\n(Did you mean start?)");
    expect(await run(['start', 'hello', '--wacht'])).toMatchObject({
      code: 2,
      err: containing('--watch'),
    });
    expect(await run(['get'])).toMatchObject({
      code: 2,
      err: containing("missing required argument 'workflow'"),
    });
  });

  it('has help for every command', async () => {
    const { code, out } = await run(['help', 'start']);
    expect(code).toBe(0);
    expect(out).toContain('--param <name=value>');
    expect(out).toContain('--url <url>');
  });

  it('takes common options before and after the command', async () => {
    const gateway = new FakeGateway().on('GET /workflows', json({ elements: [], page_info: {}, total_count: 0 }));
    const url = await gateway.start();
    const after = await run(['list', '--url', url, '-o', 'json']);
    expect(await run(['-o', 'json', '--url', url, 'list'])).toEqual(after);
    expect(JSON.parse(after.out)).toEqual({ elements: [], page_info: {}, total_count: 0 });
    await gateway.stop();
  });

  it('says that nothing listens, where it looked and how to start', async () => {
    const gateway = new FakeGateway();
    const url = await gateway.start();
    await gateway.stop();
    expect(await run(['list'], { env: { MAESTRO_URL: url } })).toEqual({
      code: 1,
      out: '',
      err:
        `error: Nothing listens on ${url} (MAESTRO_URL).\n` +
        'next: start Maestro with "npm start" in its folder, or name another address with --url or MAESTRO_URL.\n',
    });
  });

  it('shows what something that is not Maestro answers', async () => {
    const gateway = new FakeGateway().on('GET /workflows', json('<html>Bad gateway</html>', 502));
    const { code, err } = await run(['list', '--url', await gateway.start()]);
    expect([code, err]).toEqual([1, 'error: HTTP 502: <html>Bad gateway</html>\n']);
    await gateway.stop();
  });
});
