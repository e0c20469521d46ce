/** WorkflowKey names one incarnation of a workflow id: a deleted and re-created id gets a new key. Given out by the definition service. */
export type WorkflowKey = bigint;

/** RunKey is the 64-bit, time-ordered key of a run in the scheduler; its layout is in `run-key.ts`. */
export type RunKey = bigint;

/** InstanceIdentity names one run of one instance the way people do. */
export interface InstanceIdentity {
  readonly workflowId: string;
  /** 1-based per workflow; continues when an id is deleted and re-created. */
  readonly instanceId: bigint;
  /** 1 = the first run, +1 per restart. */
  readonly runId: bigint;
}

/** StepIdentity names one attempt of one step of a run. */
export interface StepIdentity extends InstanceIdentity {
  readonly stepId: string;
  /** 1-based. */
  readonly attempt: number;
}

/** AttemptKey names one attempt inside the scheduler and between scheduler and executor. */
export interface AttemptKey {
  readonly runKey: RunKey;
  /** 0-based position of the step in its definition. */
  readonly ordinal: number;
  readonly attempt: number;
}

/** attemptId is the text form of an attempt key: the idempotency key that user code and runtimes receive. */
export function attemptId(key: AttemptKey): string {
  return `${key.runKey}-${key.ordinal}-${key.attempt}`;
}

/** parseAttemptId reverses `attemptId`; undefined when the text is not an attempt id. */
export function parseAttemptId(text: string): AttemptKey | undefined {
  const match = /^(\d{1,19})-(\d{1,5})-(\d{1,5})$/.exec(text);
  if (!match) return undefined;
  return { runKey: BigInt(match[1] ?? ''), ordinal: Number(match[2]), attempt: Number(match[3]) };
}
