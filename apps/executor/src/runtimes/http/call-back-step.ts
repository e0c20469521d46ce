import type { AttemptKey, Json, JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { isJsonObject } from '../params.js';
import { isLetGo, type RuntimeContext, type RuntimeResult } from '../runtime.js';
import type { CallBacks, ToldResult } from './call-backs.js';
import type { HttpAnswer } from '@maestro/outbound';
import type { HttpCall } from './http-params.js';
import { httpArtifact, httpResult } from './http-result.js';
import type { NextState } from './next-state.js';

/** Stands in URL, headers and body of the step for the address that takes the call-back. */
const PLACEHOLDER = '{{callback_url}}';
const ARTIFACT = 'maestro_http';

/** Asked is how the request went and what the step makes of it. */
export interface Asked {
  readonly answer: HttpAnswer;
  readonly next: NextState;
}

/** CallBackStep is one attempt of a step that asks for work and waits until it is told the result. */
export interface CallBackStep {
  readonly callBacks: CallBacks;
  readonly task: Task;
  readonly context: RuntimeContext;
  readonly call: HttpCall;
  /** Makes the request. */
  readonly ask: (call: HttpCall) => Promise<Asked>;
}

/**
 * runCallBackStep makes the request unless an earlier dispatch of the attempt has made it, then waits without a slot. The
 * executor may be replaced meanwhile: what was told is in the database, and that the request was made in the artifacts of the step.
 */
export async function runCallBackStep(step: CallBackStep): Promise<RuntimeResult> {
  const { callBacks, task, context } = step;
  const of: AttemptKey = { runKey: task.runKey, ordinal: task.ordinal, attempt: task.attempt };
  let result: RuntimeResult | undefined;
  try {
    result = await askAndWait(step, of);
    return result;
  } catch (error) {
    if (!context.signal.aborted) throw error;
    return { outcome: 'STOPPED' };
  } finally {
    if (!isLetGo(context.signal) || result !== undefined) await callBacks.close(of);
  }
}

async function askAndWait(step: CallBackStep, of: AttemptKey): Promise<RuntimeResult> {
  const { callBacks, task, context, call, ask } = step;
  const told = await callBacks.told(of);
  if (told !== undefined) return resultOf(told, waitingArtifact(task) ?? {});
  let artifact = waitingArtifact(task);
  context.signal.throwIfAborted();
  if (artifact === undefined) {
    const { answer, next } = await ask(withUrl(call, await callBacks.open(of)));
    if (next.state !== 'DONE' && next.state !== 'CONTINUE') {
      return httpResult(call, answer, next.state, 'message' in next ? next.message : undefined);
    }
    artifact = { ...httpArtifact(call, answer), status: 'WAITING', attempt: BigInt(task.attempt) };
    context.progress({ [ARTIFACT]: artifact });
    context.log('system', `asked, and answered with ${answer.statusCode}; waits for the call-back\n`);
  }
  context.waits?.();
  return resultOf(await callBacks.wait(of, context.signal), artifact);
}

function withUrl(call: HttpCall, url: string): HttpCall {
  const filled = (text: string): string => text.replaceAll(PLACEHOLDER, () => url);
  const headers = Object.entries(call.headers).map(([name, value]) => [name, filled(value)] as const);
  return {
    ...call,
    url: call.url.replaceAll(PLACEHOLDER, () => encodeURIComponent(url)),
    headers: { 'Maestro-Callback-Url': url, ...Object.fromEntries(headers) },
    ...(call.body === undefined ? {} : { body: filled(call.body) }),
  };
}

/** What an earlier dispatch of this attempt has said of its request. */
function waitingArtifact({ artifactsJson, attempt }: Task): JsonObject | undefined {
  const artifacts: Json = artifactsJson.length === 0 ? {} : decodeExactJson(artifactsJson);
  const artifact = isJsonObject(artifacts) ? artifacts[ARTIFACT] : undefined;
  if (!isJsonObject(artifact) || artifact['status'] !== 'WAITING') return undefined;
  return artifact['attempt'] === BigInt(attempt) ? artifact : undefined;
}

function resultOf(told: ToldResult, artifact: JsonObject): RuntimeResult {
  const { state, message, outputParamsJson, artifactsJson } = told;
  const status = state === 'DONE' ? 'SUCCESS' : 'FAILED';
  const given = artifactsJson === undefined ? {} : decodeExactJson(artifactsJson);
  const callback = { state, ...(message === undefined ? {} : { message }) };
  return {
    outcome: state,
    ...(outputParamsJson === undefined ? {} : { outputParamsJson }),
    artifactsJson: encodeExactJson({
      ...(isJsonObject(given) ? given : {}),
      [ARTIFACT]: { ...artifact, status, callback },
    }),
    ...(state === 'DONE' ? {} : { message: message ?? `it was called back with ${state}` }),
  };
}
