import { instanceBody, stepBody } from '../testing/bodies.js';
import { events, FakeGateway, refusal } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const LATEST = 'GET /workflows/hello/instances/7/runs/latest/events';
const RUN = 'GET /workflows/hello/instances/7/runs/1/events';
const first = { instance: instanceBody('IN_PROGRESS'), steps: [stepBody('a', 'RUNNING')] };
const last = { instance: instanceBody('SUCCEEDED'), steps: [stepBody('a', 'SUCCEEDED')] };

describe('watching a run', () => {
  it('goes on with the current state after the gateway restarted, and says so once', async () => {
    const gateway = new FakeGateway().on(LATEST, events([first], 'stay open'));
    const url = await gateway.start();
    const watched = run(['watch', 'hello/7', '--url', url], {
      onOutput: (out) => {
        if (out.endsWith('a RUNNING\n')) void gateway.stop();
        if (!out.endsWith('Trying to connect again...\n')) return;
        const refused = refusal(503, 'UNAVAILABLE', 'The scheduler is not there yet.');
        gateway.on(RUN, refused, events([last]));
        void gateway.start(Number(new URL(url).port));
      },
    });
    const { code, out } = await watched;
    await gateway.stop();
    expect(code).toBe(0);
    expect(out.match(/Trying to connect again/g)).toHaveLength(1);
    expect(out).toContain('connected again\n');
    expect(out).toContain('a SUCCEEDED\n');
    expect(out).toMatch(/✔ hello\/7 SUCCEEDED after 4.0s, 1 step: 1 SUCCEEDED\n$/);
  });

  it('connects again when the gateway ends the stream before the run has ended', async () => {
    const gateway = new FakeGateway().on(LATEST, events([first])).on(RUN, events([]), events([last]));
    const { code } = await run(['watch', 'hello/7', '--url', await gateway.start()]);
    await gateway.stop();
    expect([code, gateway.lines.length]).toEqual([0, 3]);
  });

  it('gives up when the run is not there', async () => {
    const gateway = new FakeGateway().on(LATEST, refusal(404, 'INSTANCE_NOT_FOUND', 'There is no hello/7.'));
    const { code, err } = await run(['watch', 'hello/7', '--url', await gateway.start()]);
    await gateway.stop();
    expect([code, err]).toEqual([1, expect.stringContaining('maestro list <id> --instances')]);
  });

  it('is left with Ctrl-C, which leaves the run running and says so', async () => {
    const gateway = new FakeGateway().on(LATEST, events([first], 'stay open'));
    const { code, err } = await run(['watch', 'hello/7', '--url', await gateway.start()], {
      onOutput: (out, interrupt) => out.endsWith('a RUNNING\n') && interrupt(),
    });
    await gateway.stop();
    expect(code).toBe(130);
    expect(err).toBe(
      'hello/7 goes on running; "maestro watch hello/7" shows it again, "maestro stop hello/7" ends it.\n',
    );
    expect(gateway.lines).toHaveLength(1);
  });

  it('draws over its last picture in a terminal, shows the cursor again, and ends with the summary', async () => {
    const gateway = new FakeGateway().on(LATEST, events([first, last]));
    const { code, out } = await run(['watch', 'hello/7', '--url', await gateway.start()], { isTty: true });
    await gateway.stop();
    expect(code).toBe(0);
    const picture =
      '\u001B[2Khello/7 SUCCEEDED run 1 · version 2 · 4.0s\n\u001B[2K ✔ a  SUCCEEDED             1.0s\n\u001B[J';
    expect(out).toContain(`\u001B[2A${picture}`);
    expect(out.split('\u001B[?25h')).toHaveLength(2);
    expect(out).toMatch(/\u001B\[\?25h✔ hello\/7 SUCCEEDED after 4.0s/);
  });
});
