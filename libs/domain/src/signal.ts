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

/** SignalDependency makes a step wait for a signal instance that matches. */
export interface SignalDependency {
  readonly name: string;
  readonly matchParams?: Readonly<Record<string, SignalMatchParam>>;
}

/** SignalOutput is announced when the step succeeds. */
export interface SignalOutput {
  readonly name: string;
  readonly params?: ParamDefinitions;
  readonly payload?: JsonObject;
}

/** SignalParamValue is a value of a signal's param: text or a 64-bit integer. */
export type SignalParamValue = string | bigint;

/** SignalInstance is one announcement of a signal, kept by the signal service. */
export interface SignalInstance {
  readonly name: string;
  /** 1-based and dense per name. */
  readonly seqId: bigint;
  /** The request id, or a hash of name and sorted params: what makes an announcement idempotent. */
  readonly instanceId: string;
  readonly params: Readonly<Record<string, SignalParamValue>>;
  readonly payload: Readonly<Record<string, Json>>;
  readonly requestTime?: Millis;
  readonly createTime: Millis;
}
