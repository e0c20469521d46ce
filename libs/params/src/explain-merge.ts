import { MaestroError, type FieldViolation, type ParamDefinition, type ParamDefinitions } from '@maestro/domain';
import { mergeParams } from './merge.js';
import type { MergeContext } from './merge-permission.js';
import { own } from './record.js';
import { sameDefinition } from './same-definition.js';

/** MergeLayer is one source of params: its name for people, and who merges. */
export interface MergeLayer {
  readonly name: string;
  readonly params: ParamDefinitions;
  readonly context: MergeContext;
}

/** MergeTouch is what one layer did to a param. */
export interface MergeTouch {
  readonly layer: string;
  /** As the layer gives it. */
  readonly given: ParamDefinition;
  readonly effect: 'added' | 'changed' | 'same' | 'refused';
}

/** ExplainedParam is a merged param and every layer that named it, lowest first. */
export interface ExplainedParam {
  readonly definition: ParamDefinition;
  readonly touches: readonly MergeTouch[];
}

/** MergeExplanation is the result of a merge with its history. */
export interface MergeExplanation {
  readonly params: Readonly<Record<string, ExplainedParam>>;
  /** Why layers were refused; a refused definition leaves the param as it was. */
  readonly violations: readonly FieldViolation[];
}

/**
 * explainMerge merges layers over defaults as `mergeParams` does, and keeps what each did. Never throws: what may not be merged is
 * reported, and the rest is merged.
 */
export function explainMerge(defaults: ParamDefinitions, layers: readonly MergeLayer[]): MergeExplanation {
  const violations: FieldViolation[] = [];
  const params = new Map<string, ExplainedParam>(
    Object.entries(defaults).map(([name, definition]) => [
      name,
      { definition, touches: [{ layer: 'default', given: definition, effect: 'added' }] },
    ]),
  );
  for (const layer of layers) {
    for (const [name, given] of Object.entries(layer.params)) {
      const explained = applied(params.get(name), name, given, layer, violations);
      if (explained !== undefined) params.set(name, explained);
    }
  }
  return { params: Object.fromEntries(params), violations };
}

function applied(
  before: ExplainedParam | undefined,
  name: string,
  given: ParamDefinition,
  layer: MergeLayer,
  violations: FieldViolation[],
): ExplainedParam | undefined {
  const touches = before?.touches ?? [];
  const merged = mergeOne(before?.definition, name, given, layer, violations);
  if (merged === undefined) {
    return before && { ...before, touches: [...touches, { layer: layer.name, given, effect: 'refused' }] };
  }
  const effect = effectOn(before?.definition, merged);
  return { definition: merged, touches: [...touches, { layer: layer.name, given, effect }] };
}

function mergeOne(
  base: ParamDefinition | undefined,
  name: string,
  given: ParamDefinition,
  { context }: MergeLayer,
  violations: FieldViolation[],
): ParamDefinition | undefined {
  try {
    return own(mergeParams(base === undefined ? {} : { [name]: base }, { [name]: given }, context), name);
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    violations.push(...error.violations);
    return undefined;
  }
}

function effectOn(before: ParamDefinition | undefined, merged: ParamDefinition): MergeTouch['effect'] {
  if (before === undefined) return 'added';
  return sameDefinition(before, merged, undefined) ? 'same' : 'changed';
}
