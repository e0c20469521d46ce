import { waitUntil } from '@maestro/testing';
import { maestroCli, startCli } from './testing/cli.js';
import { Gate } from './testing/gate.js';
import { shell, text } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;
let maestro: ReturnType<typeof maestroCli>;

beforeAll(async () => {
  system = await System.start({ MAESTRO_EXECUTOR_LOG_BYTES: String(4 * 1024 * 1024) });
  maestro = maestroCli(system.restUrl);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const pathOf = (id: string, step: string, query = ''): string =>
  `/workflows/${id}/instances/1/runs/1/steps/${step}/attempts/1/log${query}`;

const TALK = 'echo out 1; sleep 0.3; echo err 1 >&2; sleep 0.3; echo out 2';

test('a log is read as a whole, by stream, by its last lines, with times, over REST and the command line', async () => {
  await system.runs.pushSteps('talk', [shell('talk', TALK)]);
  await system.runs.finish('talk');
  expect(await system.runs.log('talk', 'talk')).toBe('out 1\nerr 1\nout 2\n');
  const read = async (query: string) =>
    (await system.rest.succeed<{ text: string }>('GET', pathOf('talk', 'talk', query))).text;
  expect(await read('?stream=stderr')).toBe('err 1\n');
  expect(await read('?tail=2')).toBe('err 1\nout 2\n');
  expect(await read('?tail=1&timestamps=true')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z out 2\n$/);
  expect((await maestro('logs', 'talk/1/talk', '--tail', '1')).stdout).toBe('out 2\n');
  expect((await maestro('logs', 'talk/1/talk', '-f', '--stream', 'stdout', '--tail', '5')).stdout).toBe(
    'out 1\nout 2\n',
  );
  expect((await maestro('logs', 'talk/1/talk', '--tail', 'x')).code).toBe(2);
});

test('events can be resumed behind any piece', async () => {
  const { text: all } = await system.rest.succeed<{ text: string }>('GET', pathOf('talk', 'talk', '/events'));
  const ids = [...all.matchAll(/^id: (\d+)$/gm)].map((match) => match[1] ?? '');
  expect(ids.length).toBeGreaterThanOrEqual(4);
  for (const [index, id] of ids.slice(0, -1).entries()) {
    const headers = { 'last-event-id': id };
    const rest = await system.rest.succeed<{ text: string }>('GET', pathOf('talk', 'talk', '/events'), { headers });
    expect([...rest.text.matchAll(/^id: (\d+)$/gm)].map((match) => match[1])).toEqual(ids.slice(index + 1));
  }
});

test('each attempt has a log of its own', async () => {
  const retry_policy = { error_retry_limit: 1, backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 1 } };
  await system.runs.pushSteps('twice', [shell('twice', 'echo attempt $MAESTRO_ATTEMPT; exit 1', { retry_policy })]);
  await system.runs.finish('twice');
  expect((await maestro('logs', 'twice/1/twice', '--attempt', '1')).stdout).toBe('attempt 1\n');
  expect((await maestro('logs', 'twice/1/twice')).stdout).toBe('attempt 2\n');
});

test('of a log beyond its limit the beginning and the end are kept, with marks between', async () => {
  await system.runs.pushSteps('long', [shell('long', 'seq 1 1000000; echo the reason >&2; exit 1')]);
  expect((await system.runs.finish('long')).status).toBe('FAILED');
  const log = await system.runs.log('long', 'long', { follow: true });
  expect(log.startsWith('1\n2\n3\n')).toBe(true);
  expect(log).toContain('\n[this log has reached its limit of 4194304 bytes');
  expect(log).toMatch(/\n\[\d+ bytes were left out here\]\n/);
  expect(log).toContain('\n1000000\n');
  expect(log).toContain('the reason\n');
  expect(log.length).toBeLessThan(4.2 * 1024 * 1024);
  expect((await maestro('logs', 'long/1/long', '--stream', 'stderr')).stdout).toBe('the reason\n');
});

test('10,000 lines a second from one step do not slow the others', async () => {
  const latencies = async (): Promise<number> => {
    const times: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      const { workflow_instance_id: instance } = await system.runs.start('brief');
      const { start_time: started, end_time: ended } = (await system.runs.ended('brief', instance)) as never;
      times.push(Number(ended) - Number(started));
    }
    return times.sort((a, b) => a - b)[5] ?? 0;
  };
  const gate = new Gate(system, 'flood');
  await system.runs.pushSteps('brief', [shell('brief', 'echo here I am')]);
  const flood = `i=0; while [ ! -e "$MAESTRO_PARAM_GATE" ]; do i=$((i + 1000)); seq -f "line %.0f of a hundred bytes ${'.'.repeat(70)}" $((i - 999)) $i; sleep 0.09; done`;
  await system.runs.pushSteps('flood', [shell('flood', flood, { params: { gate: text(gate.file) } })]);
  const alone = await latencies();
  await system.runs.start('flood');
  await system.runs.stepIs('flood', 'flood', ['RUNNING']);
  const flooded = await latencies();
  const quiet = await system.runs.log('brief', 'brief');
  gate.open();
  await system.runs.ended('flood');
  console.log(`a brief Shell step takes ${alone} ms alone, ${flooded} ms beside 10,000 lines/s (median of 10)`);
  expect(flooded).toBeLessThan(alone * 3 + 100);
  expect(quiet).toBe('here I am\n');
}, 120_000);

test('a follower learns the end when the executor is killed', async () => {
  const script = 'echo begin; sleep 300';
  await system.runs.pushSteps('killed', [shell('killed', script, { retry_policy: { platform_retry_limit: 0 } })]);
  await system.runs.start('killed');
  await system.runs.stepIs('killed', 'killed', ['RUNNING']);
  const followed = maestro('logs', 'killed/1/killed', '-f');
  const events = system.rest.ask('GET', pathOf('killed', 'killed', '/events'));
  await system.runs.log('killed', 'killed');
  system.kill('executor');
  const { body } = await events;
  expect(body['text']).toMatch(/event: end\ndata: \{"complete":false,"status":"(PLATFORM_FAILED|FATALLY_FAILED)"\}/);
  const { code, stdout, stderr } = await followed;
  expect(code).toBe(0);
  expect(stdout).toContain('begin\n');
  expect(stderr).toContain('its executor was lost');
  await system.ready('executor');
}, 120_000);

test('a follower goes on where it was when the gateway is killed', async () => {
  const gate = new Gate(system, 'gateway');
  const script = 'echo begin; until [ -e "$MAESTRO_PARAM_GATE" ]; do sleep 0.05; done; echo end';
  await system.runs.pushSteps('resumed', [shell('resumed', script, { params: { gate: text(gate.file) } })]);
  await system.runs.start('resumed');
  await system.runs.stepIs('resumed', 'resumed', ['RUNNING']);
  await system.runs.log('resumed', 'resumed');
  const followed = startCli(system.restUrl, ['logs', 'resumed/1/resumed', '-f', '--stream', 'stdout']);
  await waitUntil(() => followed.stdout() === 'begin\n', { timeoutMs: 20_000, describe: 'the log is followed' });
  system.kill('gateway');
  await system.ready('gateway');
  gate.open();
  expect(await followed.ended).toEqual({ code: 0, stdout: 'begin\nend\n', stderr: '' });
}, 120_000);
