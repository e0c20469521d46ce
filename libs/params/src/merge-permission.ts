import type { ParamDefinition, ParamMode, ParamSource } from '@maestro/domain';
import { allowedModes, strictness } from './modes.js';

/** MergeContext says who merges. `system` also holds for every system source. */
export interface MergeContext {
  readonly source: ParamSource;
  /** A stage of the system itself: no permission checks. */
  readonly system?: boolean;
  /** A parent instance gives params to its child: it may change what did not come from the child's definition. */
  readonly upstream?: boolean;
  /** The merge is part of a restart: fewer modes may change. */
  readonly restart?: boolean;
}

/** Change is a param that differs after a merge from what it was. */
export interface Change {
  readonly incoming: ParamDefinition;
  readonly merged: ParamDefinition;
  readonly baseMode: ParamMode;
  readonly mode: ParamMode;
}

/** refusal says why a change is not allowed (spec 2.3, rules 5 and 7); undefined when it is. */
export function refusal(change: Change, context: MergeContext): string | undefined {
  const { incoming, mode, baseMode } = change;
  if (context.upstream && incoming.source !== undefined && incoming.source !== 'DEFINITION') return undefined;
  if (change.merged.internalMode === 'RESERVED') return 'is reserved for the system and cannot be changed';
  if (incoming.internalMode !== undefined) return 'carries an internal_mode, which only the system may set';
  if (strictness(mode) < strictness(baseMode)) return `has mode ${baseMode}, which cannot be relaxed to ${mode}`;
  if (!allowedModes(context.source, context.restart ?? false).includes(mode)) {
    return `has mode ${mode}, which ${context.source}${context.restart ? ' on a restart' : ''} may not change`;
  }
  if (!context.upstream && incoming.source !== undefined) return 'carries a source, which only the system may set';
  return undefined;
}
