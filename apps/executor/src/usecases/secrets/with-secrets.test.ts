import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { encodeExactJson } from '@maestro/wire';
import { UnresolvedSecret } from '../../ports/secret-provider.js';
import { paramsOf } from '../../runtimes/params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../../runtimes/runtime.js';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import { withSecrets } from './with-secrets.js';

const TOKEN = 'secret://vault/secret/api#token';
const SECRETS: Readonly<Record<string, string>> = { [TOKEN]: 'hunter-22', 'secret://env/PIN': '12345678' };
const resolver = {
  resolve: async (_tenant: string, reference: string) => {
    const secret = SECRETS[reference];
    if (secret === undefined) throw new UnresolvedSecret('user', `no ${reference}`);
    return secret;
  },
};

type Act = (task: Task, context: RuntimeContext) => RuntimeResult;

function run(params: Parameters<typeof taskWith>[1], act: Act) {
  const context = new RecordingContext();
  const seen: Task[] = [];
  const runtime: Runtime = {
    type: 'Echo',
    takesSlot: true,
    start: async (task, given) => {
      seen.push(task);
      return act(task, given);
    },
  };
  const task = taskWith('Echo', params);
  return { context, seen, task, result: withSecrets(runtime, resolver).start(task, context) };
}

const DONE: Act = () => ({ outcome: 'DONE' });

it('resolves whole values, also in lists and maps, in a copy of the task', async () => {
  const { result, seen, task } = run({ a: TOKEN, list: ['x', TOKEN], map: { deep: { b: TOKEN } }, n: 1n }, DONE);
  await result;
  const value = 'hunter-22';
  expect(paramsOf(seen[0]!)).toEqual({ a: value, list: ['x', value], map: { deep: { b: value } }, n: 1n });
  expect(paramsOf(task)).toMatchObject({ a: TOKEN });
});

it('hands on a task without references as it is, and leaves a reference inside a longer text alone', async () => {
  const plain = run({ a: 'x' }, DONE);
  const inside = run({ a: `Bearer ${TOKEN}` }, DONE);
  await Promise.all([plain.result, inside.result]);
  expect(plain.seen[0]).toBe(plain.task);
  expect(inside.seen[0]).toBe(inside.task);
});

it('masks logs, artifacts, outputs and messages', async () => {
  const { context, result } = run({ a: TOKEN }, (_, given) => {
    given.log('stdout', 'the token is hunt');
    given.log('stderr', 'hunter-22');
    given.log('stdout', 'er-22');
    return {
      outcome: 'USER_ERROR',
      message: 'bad hunter-22',
      artifactsJson: encodeExactJson({ got: ['hunter-22'] }),
      outputParamsJson: encodeExactJson({ out: { type: 'STRING', value: '<hunter-22>' } }),
    };
  });
  const ended = await result;
  expect(context.text('stdout')).toBe('the token is ***');
  expect(context.text('stderr')).toBe('***');
  expect(ended.message).toBe('bad ***');
  expect(artifactsOf(ended)).toEqual({ got: ['***'] });
  expect(outputsOf(ended)).toEqual({ out: { type: 'STRING', value: '<***>' } });
});

it('shows the beginning of a secret that a step ends with, since it is not one', async () => {
  const { context, result } = run({ a: TOKEN }, (_, given) => {
    given.log('stdout', 'hunt');
    return { outcome: 'DONE' };
  });
  await result;
  expect(context.text('stdout')).toBe('hunt');
});

it('masks the error of a runtime that breaks', async () => {
  const { result } = run({ a: TOKEN }, () => {
    throw new Error('cannot connect with hunter-22');
  });
  await expect(result).rejects.toThrow('cannot connect with ***');
});

it('refuses a secret as an output number', async () => {
  const { result } = run({ a: 'secret://env/PIN' }, () => ({
    outcome: 'DONE',
    outputParamsJson: encodeExactJson({ pin: { type: 'LONG', value: 12345678n } }),
  }));
  expect(await result).toEqual({ outcome: 'USER_ERROR', message: expect.stringContaining('"pin"') as string });
});

it('a secret that cannot be had fails the step by its class before anything runs', async () => {
  const { result, seen } = run({ a: 'secret://env/OTHER' }, DONE);
  expect(await result).toEqual({ outcome: 'USER_ERROR', message: 'no secret://env/OTHER' });
  expect(seen).toEqual([]);
});
