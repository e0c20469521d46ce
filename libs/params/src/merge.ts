import {
  MaestroError,
  type FieldViolation,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamMode,
  type ParamSource,
} from '@maestro/domain';
import { mergeContent, type Content } from './merge-content.js';
import { refusal, type MergeContext } from './merge-permission.js';
import { effectiveMode, impliedMode, isSystemSource, stricter } from './modes.js';
import { defined, own } from './record.js';
import { sameDefinition } from './same-definition.js';

/** Maps may lie this many levels inside each other, so that no definition overflows the stack. */
const MAX_MAP_DEPTH = 32;

/** Frame is the place of a merge: how deep in maps, and where problems go. */
interface Frame {
  readonly context: MergeContext;
  readonly path: string;
  readonly parentMode: ParamMode | undefined;
  /** Levels of maps around this one. */
  readonly depth: number;
  readonly violations: FieldViolation[];
}

/**
 * mergeParams puts `incoming` over `base` by the rules of spec 2.3: maps are merged, everything else is replaced, the type
 * and the permissions of the base hold. The order is that of the base, then new names. Throws MaestroError
 * INVALID_PARAM with one violation for every param that may not be merged.
 */
export function mergeParams(
  base: ParamDefinitions,
  incoming: ParamDefinitions,
  context: MergeContext,
): ParamDefinitions {
  const system = context.system ?? isSystemSource(context.source);
  const frame: Frame = {
    context: { ...context, system },
    path: 'params',
    parentMode: undefined,
    depth: 0,
    violations: [],
  };
  const merged = mergeDefinitions(base, incoming, frame);
  const [first] = frame.violations;
  if (first)
    throw new MaestroError('INVALID_PARAM', `${first.path} ${first.message}`, { violations: frame.violations });
  return merged;
}

function mergeDefinitions(base: ParamDefinitions, incoming: ParamDefinitions, frame: Frame): ParamDefinitions {
  const merged = new Map(Object.entries(base));
  if (frame.depth > MAX_MAP_DEPTH) {
    frame.violations.push({ path: frame.path, message: `is nested more than ${MAX_MAP_DEPTH} maps deep` });
    return base;
  }
  for (const [name, definition] of Object.entries(incoming)) {
    merged.set(name, mergeOne(own(base, name), definition, { ...frame, path: `${frame.path}.${name}` }));
  }
  return Object.fromEntries(merged);
}

function mergeOne(base: ParamDefinition | undefined, incoming: ParamDefinition, frame: Frame): ParamDefinition {
  const mode = resultingMode(base, incoming, frame);
  const content = contentOf(base, incoming, { ...frame, parentMode: mode });
  const merged = defined({
    ...content,
    mode,
    internalMode: base?.internalMode ?? incoming.internalMode,
    tags: unionOf(base?.tags, incoming.tags),
    validator: incoming.validator ?? base?.validator,
  }) as ParamDefinition;
  const changed = base !== undefined && !sameDefinition(base, merged, frame.parentMode);
  if (changed) checkChange(base, incoming, merged, frame);
  return defined({ ...merged, source: resultingSource(base, incoming, changed, frame.context) }) as ParamDefinition;
}

/** A base without a mode of its own still counts as MUTABLE, raised by what encloses it. */
function resultingMode(base: ParamDefinition | undefined, incoming: ParamDefinition, frame: Frame): ParamMode {
  const wanted = incoming.mode ?? base?.mode ?? 'MUTABLE';
  const implied = impliedMode(base?.internalMode ?? incoming.internalMode);
  const upstream = frame.context.upstream ? base?.mode : undefined;
  return stricter(stricter(stricter(wanted, implied), upstream), frame.parentMode);
}

function contentOf(base: ParamDefinition | undefined, incoming: ParamDefinition, frame: Frame): Content {
  const inner = { ...frame, depth: frame.depth + 1 };
  const result = mergeContent(base, incoming, (children, over) => mergeDefinitions(children, over, inner));
  if (result.problem !== undefined) frame.violations.push({ path: frame.path, message: result.problem });
  return result.content;
}

function unionOf(base: readonly string[] = [], incoming: readonly string[] = []): readonly string[] | undefined {
  const union = [...new Set([...base, ...incoming])];
  return union.length > 0 ? union : undefined;
}

function checkChange(base: ParamDefinition, incoming: ParamDefinition, merged: ParamDefinition, frame: Frame): void {
  if (frame.context.system) return;
  const baseMode = effectiveMode(base, frame.parentMode);
  const change = { incoming, merged, baseMode, mode: merged.mode ?? 'MUTABLE' };
  const message = refusal(change, frame.context);
  if (message !== undefined) frame.violations.push({ path: frame.path, message });
}

function resultingSource(
  base: ParamDefinition | undefined,
  incoming: ParamDefinition,
  changed: boolean,
  context: MergeContext,
): ParamSource | undefined {
  if (base && !changed && (context.system || context.upstream)) return base.source;
  if (!base && context.system && incoming.source !== undefined) return incoming.source;
  return context.source;
}
