import { freePort } from '@maestro/testing';
import { maestroCli, type CliAnswer } from './testing/cli.js';
import { System } from './testing/system.js';

let system: System;
let maestro: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  system = await System.start();
  maestro = maestroCli(system.restUrl);
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** Ends with this code and says all of these. */
async function says(command: string, code: number, ...texts: readonly (string | RegExp)[]): Promise<void> {
  const answer = await maestro(...command.split(' '));
  const output = `${answer.stdout}${answer.stderr}`;
  for (const text of texts) expect(output).toMatch(text);
  expect({ command, code: answer.code, output }).toEqual({ command, code, output });
}

test('the first minute: push, start and watch, then look at what happened', async () => {
  await says('push examples/hello.yaml', 0, /hello version 1 \(new, active\)/);
  await says('start hello --watch', 0, /hello\/1/, /SUCCEEDED/);
  await says('start hello --watch --param person=Ada --param excited=true', 0, /hello\/2 SUCCEEDED/);
  await says('logs hello/2/greet', 0, /Hello, .*Ada/);
  await says('get hello/2', 0, /greet +✔ SUCCEEDED/, /shout +✔ SUCCEEDED/, /whisper +○ UNSATISFIED/);
  await says('get hello/2/shout', 0, /SUCCEEDED/);
  await says('explain hello/1', 0, /has ended SUCCEEDED/);
  await says('list', 0, /hello +1 +1/);
  await says('list hello --instances', 0, /hello\/2/, /hello\/1/);
  await says('versions hello', 0, /1 +active, latest, default/);
  await says(
    'params hello --run-params person=Ada',
    0,
    /person +STRING +"Ada" .*definition -> run/,
    /RUN_DATE +STRING/,
  );
});

test('a run that fails ends with 1 and says where', async () => {
  await says('push examples/failure-modes.yaml', 0);
  await says('start failure-modes --watch', 1, /broken/, /FAILED/);
});

test('diff ends with 0 when nothing would change and 1 when something would', async () => {
  await says('push examples/branches.json', 0);
  await says('diff examples/branches.json', 0, /is the same as branches version 1/);
  await system.runs.push({
    properties: { owner: 'ada' },
    workflow: { id: 'branches', steps: [{ step: { id: 'measure', type: 'NoOp' } }] },
  });
  await says('diff examples/branches.json', 1, /large/);
  await says('activate branches@1', 0);
  await says('versions branches', 0, /1 +.*active/);
});

test('a run that waits is explained, stopped and killed', async () => {
  await says('push examples/sleep.yaml', 0);
  await says('start sleep --param seconds=600', 0, /sleep\/1 started/);
  await says('explain sleep/1', 0, /nap It sleeps/, /PREDECESSOR/);
  await says('stop sleep/1', 0, /sleep\/1 STOPPED/);
  await says('start sleep --param seconds=600', 0);
  await says('kill sleep/2', 0, /sleep\/2 FAILED/);
});

test('every example is valid', async () => {
  const names = [
    ...['hello', 'sleep', 'etl', 'failure-modes', 'http-check', 'nightly'],
    ...['foreach', 'while', 'subworkflow'],
  ];
  await says(`validate ${names.map((name) => `examples/${name}.yaml`).join(' ')} examples/branches.json`, 0);
});

test('the examples of loops and of a subworkflow run, and what they found is there', async () => {
  const found = async (id: string, stepId: string, param: string): Promise<unknown> =>
    (await system.runs.step(id, stepId)).params?.[param]?.evaluated_result;
  await says('push examples/foreach.yaml examples/while.yaml examples/sleep.yaml examples/subworkflow.yaml', 0);
  await says('start foreach --watch', 0, /foreach\/1 SUCCEEDED/);
  expect(await found('foreach', 'gather', 'all_rows')).toEqual([10, 10, 10, 20, 20, 20]);
  await says('start while --watch', 0, /while\/1 SUCCEEDED/);
  await says('logs while/1/report', 0, /found 4 after 2 tries/);
  await says('iterations while/1 until_enough', 0, /found=2/);
  await says('start subworkflow --watch', 0, /subworkflow\/1 SUCCEEDED/);
  expect(await found('subworkflow', 'report', 'slept')).toBe(1);
});

test('the second thing one tries gets an answer worth reading', async () => {
  await says('start nosuch', 1, /Workflow "nosuch" does not exist/, /maestro list/);
  await says('start branches@7', 1, /has no version 7/, /maestro versions/);
  await says('strat hello', 2, /Did you mean start/);
  await says('start', 2, /missing required argument/);
  await says('push examples/nosuch.yaml', 2, /there is no such file/);
  await says('--help', 0, /First steps:/, /push <files/);
  await says('start --help', 0, /--watch/, /--param/);
});

test('JSON is for programs', async () => {
  const { stdout, code } = await maestro('get', 'branches', '-o', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ workflow: { id: 'branches' } });
});

test('a deleted workflow is gone and may be pushed anew', async () => {
  await says('delete branches', 2, /--yes/);
  await says('delete branches --yes', 0);
  await says('get branches', 1, /does not exist/);
  await says('push examples/branches.json', 0, /branches version 1/);
  await says('start branches --watch', 0, /branches\/1 SUCCEEDED/);
});

test('without a server the answer says how to start one', async () => {
  const answer = await maestroCli(`http://127.0.0.1:${await freePort()}`)('list');
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain('npm start');
});
