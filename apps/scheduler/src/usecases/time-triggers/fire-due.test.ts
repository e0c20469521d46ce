import { MaestroError, type ParamDefinitions } from '@maestro/domain';
import type { Input } from '../../commit/input.js';
import type { StoredTrigger } from '../../ports/time-trigger-store.js';
import { CompiledTriggers } from './compiled-triggers.js';
import { fireDue, type FireDueDeps } from './fire-due.js';
import { firingRequestId, nameUuid, seedOf, shardOfTrigger, triggerId } from './trigger-id.js';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const ID = triggerId('w', 'hourly');

const ROW: StoredTrigger = {
  workflowKey: 7n,
  workflowId: 'w',
  triggerId: ID,
  shard: shardOfTrigger(ID),
  identity: 'hourly',
  definition: '{"type":"CRON","cron":"0 * * * *","timezone":"Asia/Tokyo"}',
  generation: 3n,
  watermark: START,
  nextFireAt: START + HOUR,
  nextNominal: START + HOUR,
  pausedAt: undefined,
  pausedBy: undefined,
  reason: undefined,
  fired: 0n,
  skipped: 0n,
  lastNominal: undefined,
  lastInstance: undefined,
};

interface Seen {
  readonly requestId: string;
  readonly runTs: unknown;
  readonly initiator: unknown;
}

/** Starts are answered with their number; `refuse` says which are not. */
function deps(
  now: number,
  seen: Seen[],
  refuse: (count: number) => MaestroError | undefined = () => undefined,
): FireDueDeps {
  const resolved = { seed: { workflowKey: 7n }, version: 1n, stale: false };
  return {
    compiled: new CompiledTriggers(),
    now: () => now,
    definitions: { resolve: async () => resolved, cachedPlan: () => ({}) } as unknown as FireDueDeps['definitions'],
    submit: (input: Input) => {
      if (input.kind !== 'start') throw new Error(input.kind);
      const { request } = input;
      seen.push({
        requestId: request.requestId,
        runTs: request.runParams?.['RUN_TS']?.value,
        initiator: request.initiator,
      });
      const error = refuse(seen.length);
      if (error !== undefined) input.fail(error);
      else
        input.settle({
          instanceId: BigInt(seen.length),
          runId: 1n,
          runKey: 9n,
          version: 1n,
          status: 'CREATED',
          requestDiffers: false,
        });
    },
  };
}

it('what is due starts with its nominal time, and what is next is known', async () => {
  const seen: Seen[] = [];
  const advance = await fireDue(deps(START + 2 * HOUR + 1, seen), ROW);
  expect(seen).toEqual(
    [1, 2].map((hours) => ({
      requestId: firingRequestId('w', 'hourly', START + hours * HOUR),
      runTs: BigInt(START + hours * HOUR),
      initiator: { type: 'TIME', triggerUuid: ID, triggerTime: START + hours * HOUR, timezone: 'Asia/Tokyo' },
    })),
  );
  expect(advance).toMatchObject({
    generation: 3n,
    watermark: START + 2 * HOUR,
    nextFireAt: START + 3 * HOUR,
    fired: 2,
    lastInstance: 2n,
    reason: undefined,
  });
});

it('params of the trigger, of any type, are params of the run; RUN_TS stays the nominal time', async () => {
  const given: ParamDefinitions[] = [];
  const { submit, ...rest } = deps(START + HOUR, []);
  const definition = `{"type":"CRON","cron":"0 * * * *","params":{
    "RUN_TS":{"type":"LONG","value":1},"rate":{"type":"DOUBLE","value":0.5},"full":{"type":"BOOLEAN","value":true},
    "days":{"type":"LONG_ARRAY","value":[1,2]},"by":{"type":"MAP","value":{"eu":{"type":"STRING","expression":"'x'"}}}}}`;
  const noting = (input: Input): void => {
    if (input.kind === 'start') given.push(input.request.runParams ?? {});
    submit(input);
  };
  await fireDue({ ...rest, submit: noting }, { ...ROW, definition });
  expect(given).toEqual([
    {
      RUN_TS: { type: 'LONG', value: BigInt(START + HOUR) },
      rate: { type: 'DOUBLE', value: '0.5' },
      full: { type: 'BOOLEAN', value: true },
      days: { type: 'LONG_ARRAY', value: [1n, 2n] },
      by: { type: 'MAP', value: { eu: { type: 'STRING', expression: "'x'" } } },
    },
  ]);
});

it.each([
  ['OVERLOADED', 2_000],
  ['NO_ACTIVE_VERSION', 60_000],
] as const)('a start that is refused with %s is tried again, and those before it are done', async (code, pause) => {
  const now = START + 3 * HOUR;
  const refuse = (count: number) => (count === 2 ? new MaestroError(code, 'not now') : undefined);
  const advance = await fireDue(deps(now, [], refuse), ROW);
  expect(advance).toMatchObject({
    watermark: START + HOUR,
    fired: 1,
    lastInstance: 1n,
    reason: 'not now',
    nextFireAt: now + pause,
  });
});

it('a definition that cannot be read any more is told and tried again later', async () => {
  const advance = await fireDue(deps(START, []), { ...ROW, definition: '{"type":"CRON","cron":"never"}' });
  expect(advance).toMatchObject({
    watermark: START,
    nextFireAt: START + 60_000,
    reason: expect.stringContaining('5 fields') as string,
  });
});

it('a trigger that fires never again has no next time', async () => {
  const definition = '{"type":"CRON","cron":"0 0 1 1 1 ? 2026"}';
  const advance = await fireDue(deps(START + 10 * HOUR, []), { ...ROW, definition });
  expect(advance).toMatchObject({ fired: 1, nextFireAt: undefined, nextNominal: undefined });
});

it('ids are those of Java: nameUUIDFromBytes', () => {
  expect(nameUuid('hello')).toBe('5d41402a-bc4b-3a76-b971-9d911017c592');
  expect(firingRequestId('w', 'x', 1_999)).toBe(nameUuid('w:x:1'));
  expect(seedOf('5d41402a-bc4b-3a76-b971-9d911017c592')).toBe(0xb9719d911017c592n);
});
