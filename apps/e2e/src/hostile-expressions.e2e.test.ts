import { step } from './testing/runs.js';
import { System } from './testing/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

/** Visits as many nodes as `rounds` squared, and some more. */
const BURN = 'int x = 0; int y = 0; while (x < rounds) { y = 0; while (y < rounds) { y += 1; } x += 1; } return x;';
const HOSTILE_RUNS = 4;
const QUICK_RUNS = 20;
const GREEDY = { rounds: { type: 'LONG', value: 24_000 } };

const long = (expression: string): unknown => ({ type: 'LONG', expression });
const params = (rounds: number): unknown => ({ rounds: { type: 'LONG', value: rounds }, burnt: long(BURN) });

test('a definition whose param burns the whole budget is refused, with the param and the limit', async () => {
  const workflow = { id: 'refused', params: params(24_000), steps: [step('a', 'NoOp')] };
  const body = { properties: { owner: 'ada' }, workflow };
  const answer = await system.rest.ask('POST', '/workflows', { body });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toMatch(/workflow\.params\.burnt.*limit \\+"visits/);
});

test('runs whose params burn the whole budget fail with their reason, and hold up no other run', async () => {
  await system.runs.pushSteps('hostile', [step('a', 'NoOp')], { params: params(1) });
  // Needs a worker for each of its runs, and a little later another for its step.
  const slow = { params: { n: long(BURN.replaceAll('rounds', '100')) } };
  await system.runs.pushSteps('quick', [step('a', 'NoOp'), { step: { id: 'b', type: 'Echo', ...slow } }], slow);

  for (let run = 0; run < HOSTILE_RUNS; run += 1) await system.runs.start('hostile', { params: GREEDY });
  await Promise.all(Array.from({ length: QUICK_RUNS }, () => system.runs.start('quick')));
  for (let run = 1; run <= QUICK_RUNS; run += 1) {
    expect((await system.runs.ended('quick', run)).status).toBe('SUCCEEDED');
  }
  expect((await system.runs.get('hostile', HOSTILE_RUNS)).status).toBe('CREATED');
  const why = await system.rest.succeed('GET', `/workflows/hostile/instances/${HOSTILE_RUNS}/runs/1/explain`);
  expect(JSON.stringify(why)).toContain('are being evaluated');

  for (let run = 1; run <= HOSTILE_RUNS; run += 1) {
    const ended = await system.runs.ended('hostile', run);
    expect(ended.status).toBe('FAILED');
    expect(JSON.stringify(ended.timeline)).toMatch(/params\.burnt needs more.*limit \\+"visits/);
  }
});

test('a step whose params burn the whole budget is a failure of the user, which names param and limit', async () => {
  const a = { step: { id: 'a', type: 'NoOp', params: { burnt: long(BURN) } } };
  await system.runs.pushSteps('greedy-step', [a], { params: { rounds: { type: 'LONG', value: 1 } } });
  expect((await system.runs.finish('greedy-step', { params: GREEDY })).status).toBe('FAILED');
  const { runtime_state, timeline } = await system.runs.step('greedy-step', 'a');
  expect(runtime_state.status).toBe('FATALLY_FAILED');
  expect(JSON.stringify(timeline)).toMatch(/params of step a: burnt needs more.*limit \\+"visits/);
});
