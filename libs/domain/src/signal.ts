import type { Json, JsonObject } from './json.js';
import type { ParamDefinition, ParamDefinitions } from './param.js';
import type { Millis } from './time.js';

export const MATCH_OPERATORS = ['=', '>', '>=', '<', '<='] as const;
export type MatchOperator = (typeof MATCH_OPERATORS)[number];

/** SignalMatchParam compares one param of a signal with a param (STRING or LONG) of the step. */
export interface SignalMatchParam {
  readonly param: ParamDefinition;
  readonly operator: MatchOperator;
}

/**
 * SignalDependency makes a step wait for a signal instance that matches. `since` and `latest` are ours: the original matches any instance
 * that was ever announced.
 */
export interface SignalDependency {
  readonly name: string;
  readonly matchParams?: Readonly<Record<string, SignalMatchParam>>;
  /** Only signals announced at this time or later count: `run_start`, `activation` (when the attempt began to wait), or an ISO 8601 instant. */
  readonly since?: string;
  /** Of several that were announced before, the newest is taken; default: the oldest. */
  readonly latest?: boolean;
}

/** SignalOutput is announced when the step succeeds. */
export interface SignalOutput {
  readonly name: string;
  readonly params?: ParamDefinitions;
  readonly payload?: JsonObject;
}

/** SignalParamValue is a value of a signal's param: text or a 64-bit integer. */
export type SignalParamValue = string | bigint;

/** SignalParams are the values of a signal's params by name. */
export type SignalParams = Readonly<Record<string, SignalParamValue>>;

/** SignalMatch compares one param of a signal with a value. */
export interface SignalMatch {
  readonly value: SignalParamValue;
  readonly operator: MatchOperator;
}
export type SignalMatches = Readonly<Record<string, SignalMatch>>;

export const SIGNAL_DEPENDENCY_STATUSES = ['PENDING', 'MATCHED', 'SKIPPED', 'CANCELED', 'FAILED'] as const;
/** SignalDependencyStatus: MATCHED and SKIPPED (by a person) are done; CANCELED: the attempt ended before. */
export type SignalDependencyStatus = (typeof SIGNAL_DEPENDENCY_STATUSES)[number];

/** AwaitedSignal is one dependency of an attempt, evaluated. */
export interface AwaitedSignal {
  readonly name: string;
  readonly matchParams: SignalMatches;
  /** Signals announced before do not count. */
  readonly since?: Millis | undefined;
  readonly latest?: boolean | undefined;
  readonly status: SignalDependencyStatus;
  /** Sequence number of the instance that matched, and what it carried. */
  readonly signalId?: bigint | undefined;
  readonly params?: SignalParams | undefined;
}

/** AnnouncedSignal is one signal that an attempt announces because it succeeded. */
export interface AnnouncedSignal {
  readonly name: string;
  readonly params: SignalParams;
  readonly payload?: JsonObject | undefined;
  /** Its sequence number, once it is announced. */
  readonly signalId?: bigint | undefined;
  readonly announceTime?: Millis | undefined;
}

/** StepSignals is what an attempt has to do with signals. */
export interface StepSignals {
  readonly dependencies?: readonly AwaitedSignal[] | undefined;
  /** Who let the step go on without its dependencies. */
  readonly info?: string | undefined;
  readonly outputs?: readonly AnnouncedSignal[] | undefined;
}

/** SignalStep is the attempt of a step that announced a signal, or waited for it. */
export interface SignalStep {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly stepId: string;
  readonly stepAttemptId: bigint;
  readonly stepInstanceId: bigint;
}

/** SignalInstance is one announcement of a signal, kept by the signal service. */
export interface SignalInstance {
  readonly name: string;
  /** 1-based and dense per name. */
  readonly seqId: bigint;
  /** The request id, or a hash of name and sorted params: what makes an announcement idempotent. */
  readonly instanceId: string;
  readonly params: SignalParams;
  readonly payload: Readonly<Record<string, Json>>;
  readonly requestTime?: Millis;
  readonly createTime: Millis;
  /** Absent unless a step announced it. */
  readonly source?: SignalStep;
}
