import type { AttemptKey } from '@maestro/domain';
import { encodeExactJson } from '@maestro/wire';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import { readOutputDocument } from '../output-document.js';
import type { RuntimeResult } from '../runtime.js';
import { runCallBackStep } from './call-back-step.js';
import type { CallBacks, ToldResult } from './call-backs.js';
import { httpCallOf, type HttpCall } from './http-params.js';
import type { NextState } from './next-state.js';

class FakeCallBacks implements CallBacks {
  readonly acts: string[] = [];
  result: ToldResult | undefined;
  private tell: (result: ToldResult) => void = () => undefined;

  told = async (): Promise<ToldResult | undefined> => this.result;
  open = async ({ attempt }: AttemptKey): Promise<string> => {
    this.acts.push('open');
    return `http://api/callbacks/${attempt}?token=t&x=1`;
  };
  wait = (_: AttemptKey, signal: AbortSignal): Promise<ToldResult> => {
    this.acts.push('wait');
    return new Promise((resolve, reject) => {
      this.tell = resolve;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      if (signal.aborted) reject(new Error('aborted'));
    });
  };
  close = async (): Promise<void> => void this.acts.push('close');
  call(result: ToldResult): void {
    this.tell(result);
  }
}

function setUp(more: Partial<Task> = {}, next: NextState = { state: 'DONE' }) {
  const callBacks = new FakeCallBacks();
  const context = new RecordingContext();
  const asked: HttpCall[] = [];
  const body = '{"call": "{{callback_url}}"}';
  const task = { ...taskWith('Http', {}), ...more };
  const http = { url: 'http://x/?then={{callback_url}}', method: 'POST', callback: true, body };
  const call = httpCallOf({ http }) as HttpCall;
  const ask = async (filled: HttpCall) => {
    asked.push(filled);
    return { answer: { statusCode: 202, location: undefined, body: 'accepted' }, next };
  };
  const start = (): Promise<RuntimeResult> => runCallBackStep({ callBacks, task, context, call, ask });
  return { asked, callBacks, context, start };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const WAITING = { maestro_http: { type: 'HTTP', status: 'WAITING', attempt: 1n, status_code: 202n } };

it('asks with the URL to call back, waits, and ends as it is told', async () => {
  const { asked, callBacks, context, start } = setUp();
  const result = start();
  await settled();
  const url = 'http://api/callbacks/1?token=t&x=1';
  expect(asked[0]).toMatchObject({
    url: `http://x/?then=${encodeURIComponent(url)}`,
    body: `{"call": "${url}"}`,
    headers: { 'Maestro-Callback-Url': url },
  });
  expect(context.artifacts).toMatchObject({ maestro_http: { status: 'WAITING', status_code: 202n } });
  // The address is a proof: the artifact has the text of the step.
  expect(
    JSON.stringify(context.artifacts, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)),
  ).not.toContain('token=t');
  callBacks.call({
    state: 'DONE',
    ...readOutputDocument(Buffer.from('{"params": {"n": 7}, "artifacts": {"mine": {"a": 1}}}')),
  });
  const ended = await result;
  expect(ended.outcome).toBe('DONE');
  expect(outputsOf(ended)).toEqual({ n: { type: 'LONG', value: 7n } });
  expect(artifactsOf(ended)).toMatchObject({
    mine: { a: 1n },
    maestro_http: { status: 'SUCCESS', callback: { state: 'DONE' } },
  });
  expect(callBacks.acts).toEqual(['open', 'wait', 'close']);
});

it('an answer that is no success ends it without waiting', async () => {
  const { callBacks, start } = setUp({}, { state: 'FATAL_ERROR' });
  expect((await start()).outcome).toBe('FATAL_ERROR');
  expect(callBacks.acts).toEqual(['open', 'close']);
});

it('a later dispatch of the attempt does not ask again', async () => {
  const { asked, callBacks, start } = setUp({ dispatch: 2, artifactsJson: encodeExactJson(WAITING) });
  const result = start();
  await settled();
  callBacks.call({ state: 'USER_ERROR', message: 'no rows' });
  expect(await result).toMatchObject({ outcome: 'USER_ERROR', message: 'no rows' });
  expect(asked).toEqual([]);
});

it('a later attempt asks anew', async () => {
  const { asked, start } = setUp({ attempt: 2, artifactsJson: encodeExactJson(WAITING) }, { state: 'USER_ERROR' });
  await start();
  expect(asked).toHaveLength(1);
});

it('what was told while nobody waited is found', async () => {
  const { asked, callBacks, start } = setUp({ dispatch: 2 });
  callBacks.result = { state: 'DONE' };
  expect((await start()).outcome).toBe('DONE');
  expect(asked).toEqual([]);
});

it('a cancel closes it, a drain leaves it to the next executor', async () => {
  for (const [reason, acts] of [
    ['cancelled', ['open', 'wait', 'close']],
    ['drained', ['open', 'wait']],
  ] as const) {
    const { callBacks, context, start } = setUp();
    const result = start();
    await settled();
    context.abort(reason);
    expect(await result).toEqual({ outcome: 'STOPPED' });
    expect(callBacks.acts).toEqual(acts);
  }
});

it('one that is cancelled before it begins asks nobody', async () => {
  const { asked, callBacks, context, start } = setUp();
  context.abort();
  expect(await start()).toEqual({ outcome: 'STOPPED' });
  expect(asked).toEqual([]);
  expect(callBacks.acts).toEqual(['close']);
});
