import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { literal, shell, step, text, then } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;
let server: Server;
let serverUrl: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.statusCode = Number((request.url ?? '').slice(1, 4));
    response.end(`answer to ${request.method}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  system = await System.start({
    MAESTRO_EXECUTOR_HTTP_ALLOW: '127.0.0.1',
    MAESTRO_EXECUTOR_HTTP_ALLOW_PRIVATE: 'true',
    MAESTRO_EXECUTOR_STOP_GRACE_SECONDS: '1',
  });
}, 120_000);

afterAll(async () => {
  server.close();
  await system.stop();
}, 60_000);

const NEVER = { retry_policy: { error_retry_limit: 0 } };

describe('failure modes', () => {
  test('FAIL_IMMEDIATELY stops what runs and fails the run', async () => {
    const gate = new Gate(system, 'immediately');
    const bad = shell('bad', 'exit 1', { failure_mode: 'FAIL_IMMEDIATELY' });
    await system.runs.pushSteps('immediately', [bad, gate.step('slow')]);
    expect((await system.runs.finish('immediately')).status).toBe('FAILED');
    expect(await system.runs.statuses('immediately')).toEqual({ bad: 'FATALLY_FAILED', slow: 'STOPPED' });
  });

  test('FAIL_AFTER_RUNNING lets other branches run to their end, starts no dependent, and fails the run', async () => {
    const gate = new Gate(system, 'after');
    const steps = [
      shell('bad', 'exit 1', { failure_mode: 'FAIL_AFTER_RUNNING', ...then('never') }),
      gate.step('slow', then('last')),
      step('last', 'NoOp'),
      step('never', 'NoOp'),
    ];
    await system.runs.pushSteps('after', steps);
    await system.runs.start('after');
    await system.runs.stepIs('after', 'bad', ['FATALLY_FAILED']);
    expect((await system.runs.get('after')).status).toBe('IN_PROGRESS');
    gate.open();
    expect((await system.runs.ended('after')).status).toBe('FAILED');
    const statuses = { bad: 'FATALLY_FAILED', slow: 'SUCCEEDED', last: 'SUCCEEDED', never: 'NOT_CREATED' };
    expect(await system.runs.statuses('after')).toEqual(statuses);
  });

  test('IGNORE_FAILURE goes on as if the step had succeeded', async () => {
    const bad = shell('bad', 'exit 1', { failure_mode: 'IGNORE_FAILURE', ...then('good') });
    await system.runs.pushSteps('ignore', [bad, step('good', 'NoOp')]);
    expect((await system.runs.finish('ignore')).status).toBe('SUCCEEDED');
    expect(await system.runs.statuses('ignore')).toEqual({ bad: 'COMPLETED_WITH_ERROR', good: 'SUCCEEDED' });
  });
});

describe('retries and timeouts', () => {
  test('a failing script is tried again after its back-off, up to its limit', async () => {
    const script = '[ "$MAESTRO_ATTEMPT" -ge 3 ] || { echo "attempt $MAESTRO_ATTEMPT fails"; exit 1; }';
    const retry_policy = {
      error_retry_limit: 2,
      backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 1 },
    };
    await system.runs.pushSteps('retries', [shell('flaky', script, { retry_policy })]);
    expect((await system.runs.finish('retries')).status).toBe('SUCCEEDED');
    const attempts = await Promise.all([1, 2, 3].map((attempt) => system.runs.attempt('retries', 'flaky', attempt)));
    expect(attempts.map(({ runtime_state }) => runtime_state.status)).toEqual([
      'USER_FAILED',
      'USER_FAILED',
      'SUCCEEDED',
    ]);
    attempts.slice(1).forEach(({ runtime_state }, index) => {
      const pause = Number(runtime_state['start_time']) - Number(attempts[index]?.runtime_state['end_time']);
      // A second, with the tenth that chance may take or add so that many do not come back at once.
      expect(pause).toBeGreaterThanOrEqual(900);
    });
    expect(await system.runs.log('retries', 'flaky', { attempt: 2 })).toContain('attempt 2 fails');
  });

  test('an attempt over its timeout is ended before the next one begins', async () => {
    const marks = join(system.dataDir, 'timeout.marks');
    // Deaf to SIGTERM: it must be killed, and the next attempt waits for that.
    const script = `trap '' TERM
      echo "$MAESTRO_ATTEMPT start" >> "$MAESTRO_PARAM_MARKS"
      while :; do echo "$MAESTRO_ATTEMPT runs" >> "$MAESTRO_PARAM_MARKS"; sleep 0.05; done`;
    const retry_policy = {
      timeout_retry_limit: 1,
      backoff: { type: 'FIXED_BACKOFF', timeout_retry_backoff_in_secs: 0 },
    };
    const slow = shell('slow', script, { timeout: '1 second', retry_policy, params: { marks: text(marks) } });
    await system.runs.pushSteps('timeout', [slow]);
    expect((await system.runs.finish('timeout')).status).toBe('TIMED_OUT');
    expect(await system.runs.attempt('timeout', 'slow', 1)).toMatchObject({
      runtime_state: { status: 'TIMEOUT_FAILED' },
    });
    expect(await system.runs.attempt('timeout', 'slow', 2)).toMatchObject({ runtime_state: { status: 'TIMED_OUT' } });
    const attempts = readFileSync(marks, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => Number(line.split(' ')[0]));
    expect(attempts).toEqual([...attempts].sort());
    expect(new Set(attempts)).toEqual(new Set([1, 2]));
  });

  test('a run over its timeout stops what runs and ends TIMED_OUT', async () => {
    const gate = new Gate(system, 'run-timeout');
    await system.runs.pushSteps('run-timeout', [gate.step('slow', then('never')), step('never', 'NoOp')], {
      timeout: '1 second',
    });
    expect((await system.runs.finish('run-timeout')).status).toBe('TIMED_OUT');
    expect(await system.runs.statuses('run-timeout')).toMatchObject({ slow: 'TIMED_OUT', never: 'NOT_CREATED' });
  });
});

describe('Shell', () => {
  test('its log has what it wrote to both outputs', async () => {
    await system.runs.pushSteps('log', [shell('talk', 'echo out; echo err >&2')]);
    await system.runs.finish('log');
    const log = await system.runs.log('log', 'talk');
    expect(log.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  test('its log is followed while it runs, up to its end', async () => {
    const gate = new Gate(system, 'follow');
    const script = 'echo first; until [ -e "$MAESTRO_PARAM_GATE" ]; do sleep 0.05; done; echo last';
    await system.runs.pushSteps('follow', [shell('talk', script, { params: { gate: text(gate.file) } })]);
    await system.runs.start('follow');
    await system.runs.stepIs('follow', 'talk', ['RUNNING']);
    const followed = system.runs.log('follow', 'talk', { follow: true });
    gate.open();
    // Between them the executor says which of its attempts it runs.
    expect(await followed).toMatch(/^first\n(attempt .*\n)?last\n$/);
  });

  test('params come as variables, outputs that are declared go back to later steps', async () => {
    const script = `echo '{"params": {"rows": {"type": "LONG", "value": 9007199254740993}}}' > "$MAESTRO_OUTPUT"`;
    const rows = { value: 0, type: 'LONG', mode: 'MUTABLE' };
    const read = step('read', 'Shell', {
      ...NEVER,
      params: { count: text('${write__rows}'), script: literal('echo "$MAESTRO_PARAM_COUNT rows"') },
    });
    await system.runs.pushSteps('outputs', [shell('write', script, { params: { rows }, ...then('read') }), read]);
    expect((await system.runs.finish('outputs')).status).toBe('SUCCEEDED');
    expect(await system.runs.log('outputs', 'read')).toBe('9007199254740993 rows\n');
  });
});

describe('Http', () => {
  const http = (id: string, url: string, more: Record<string, unknown> = {}): unknown =>
    step(id, 'Http', { params: { http: { type: 'MAP', value: { url: text(url) } } }, ...NEVER, ...more });

  test('a good answer is a success whose status and body are params', async () => {
    await system.runs.pushSteps('http-ok', [http('call', `${serverUrl}/200`)]);
    expect((await system.runs.finish('http-ok')).status).toBe('SUCCEEDED');
    const { params } = await system.runs.step('http-ok', 'call');
    expect(params?.['status_code']?.evaluated_result).toBe(200);
    expect(params?.['response_body']?.evaluated_result).toBe('answer to GET');
  });

  test('4xx fails for good, 5xx is tried again', async () => {
    const retry_policy = { error_retry_limit: 1, backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 1 } };
    await system.runs.pushSteps('http-4xx', [http('call', `${serverUrl}/404`, { retry_policy })]);
    await system.runs.pushSteps('http-5xx', [http('call', `${serverUrl}/503`, { retry_policy })]);
    for (const id of ['http-4xx', 'http-5xx']) expect((await system.runs.finish(id)).status).toBe('FAILED');
    expect(asked.filter((path) => path === '/404')).toHaveLength(1);
    expect(asked.filter((path) => path === '/503')).toHaveLength(2);
  });

  test('a host that is not allowed is never called', async () => {
    await system.runs.pushSteps('http-no', [http('call', serverUrl.replace('127.0.0.1', 'localhost') + '/299')]);
    expect((await system.runs.finish('http-no')).status).toBe('FAILED');
    const { timeline } = await system.runs.step('http-no', 'call');
    expect(JSON.stringify(timeline)).toContain('localhost');
    expect(asked).not.toContain('/299');
  });
});

test('one trace joins the start, the scheduler, the executor and the process of the step', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  await system.runs.pushSteps('traced', [shell('show', 'echo "$TRACEPARENT"')]);
  await system.runs.finish('traced', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  expect(await system.runs.log('traced', 'show')).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01\n$`));
  const services = async (): Promise<boolean> => {
    const trace = await system.rest.succeed<{ spans: { service: string }[] }>('GET', `/dev/traces/${traceId}`);
    const names = [...new Set(trace.spans.map(({ service }) => service.replace(/^maestro-/, '')))].sort();
    if (['executor', 'gateway', 'scheduler'].every((name) => names.includes(name))) return true;
    throw new Error(names.join());
  };
  await waitUntil(services, { timeoutMs: 20_000, describe: 'spans of gateway, scheduler and executor' });
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
