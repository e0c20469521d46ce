import type { JsonObject } from './json.js';
import type { Millis } from './time.js';

export const PARAM_TYPES = [
  'STRING',
  'LONG',
  'DOUBLE',
  'BOOLEAN',
  'STRING_MAP',
  'STRING_ARRAY',
  'LONG_ARRAY',
  'DOUBLE_ARRAY',
  'BOOLEAN_ARRAY',
  'MAP',
] as const;
export type ParamType = (typeof PARAM_TYPES)[number];

/** PARAM_MODES are ordered: strictness grows from left to right. */
export const PARAM_MODES = [
  'MUTABLE',
  'MUTABLE_ON_START_RESTART',
  'MUTABLE_ON_START',
  'IMMUTABLE',
  'CONSTANT',
] as const;
export type ParamMode = (typeof PARAM_MODES)[number];

export const INTERNAL_PARAM_MODES = ['REQUIRED', 'OPTIONAL', 'PROVIDED', 'RESERVED'] as const;
export type InternalParamMode = (typeof INTERNAL_PARAM_MODES)[number];

export const PARAM_SOURCES = [
  'SYSTEM',
  'TEMPLATE_SCHEMA',
  'SYSTEM_INJECTED',
  'SYSTEM_DEFAULT',
  'DEFINITION',
  'SIGNAL',
  'TIME_TRIGGER',
  'OUTPUT_PARAMETER',
  'LAUNCH',
  'RESTART',
  'SUBWORKFLOW',
  'TEMPLATE',
  'FOREACH',
  'WHILE',
  'WORKFLOW_PARAMETER',
] as const;
export type ParamSource = (typeof PARAM_SOURCES)[number];

/** Decimal is the text of a decimal number, kept exactly as it was written. */
export type Decimal = string;

/** ParamLiterals says how the literal or evaluated value of each type is held. */
export interface ParamLiterals {
  STRING: string;
  LONG: bigint;
  DOUBLE: Decimal;
  BOOLEAN: boolean;
  STRING_MAP: Readonly<Record<string, string>>;
  STRING_ARRAY: readonly string[];
  LONG_ARRAY: readonly bigint[];
  DOUBLE_ARRAY: readonly Decimal[];
  BOOLEAN_ARRAY: readonly boolean[];
  MAP: ParamDefinitions;
}

interface ParamCommon {
  readonly mode?: ParamMode;
  readonly internalMode?: InternalParamMode;
  readonly source?: ParamSource;
  readonly validator?: string;
  readonly tags?: readonly string[];
  /** Whatever else the definition carried. */
  readonly meta?: JsonObject;
}

type ParamDefinitionOf<T extends ParamType> = ParamCommon & {
  readonly type: T;
  /** A literal; text in it may hold `${name}`. At most one of `value` and `expression` is set; neither = an empty definition. */
  readonly value?: ParamLiterals[T];
  /** An expression of the declared type. */
  readonly expression?: string;
};

/** ParamDefinition is a param as a user or the system wrote it. */
export type ParamDefinition = { [T in ParamType]: ParamDefinitionOf<T> }[ParamType];

/** ParamDefinitions keep their order: it is the order of evaluation. */
export type ParamDefinitions = Readonly<Record<string, ParamDefinition>>;

/** ParamValue is an evaluated value: a DOUBLE is a number, a MAP holds plain values, the rest is as its literal. */
export type ParamValue =
  | string
  | bigint
  | boolean
  | DoubleValue
  | readonly string[]
  | readonly bigint[]
  | readonly boolean[]
  | readonly DoubleValue[]
  | ParamValueMap;

/** DoubleValue is an evaluated DOUBLE. */
export type DoubleValue = number;

/** ParamValueMap is an evaluated STRING_MAP or MAP. */
export interface ParamValueMap {
  readonly [key: string]: ParamValue;
}

/** Param is a param of a run or step: its definition and what it evaluated to. */
export interface Param {
  readonly definition: ParamDefinition;
  readonly evaluatedResult?: ParamValue;
  readonly evaluatedTime?: Millis;
}

export type Params = Readonly<Record<string, Param>>;
