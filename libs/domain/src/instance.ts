import type { InstanceIdentity } from './ids.js';
import type { JsonObject } from './json.js';
import type { ParamDefinitions, ParamValueMap } from './param.js';
import type { SignalParams } from './signal.js';
import type { Tag } from './tag.js';
import type { Millis } from './time.js';
import type { User } from './user.js';

/** Ancestor is one step above a child instance, root first. */
export interface Ancestor extends InstanceIdentity {
  readonly stepId: string;
  readonly stepAttemptId: number;
  readonly sync?: boolean;
}

/** Initiator says what started an instance. */
export type Initiator =
  | { readonly type: 'MANUAL'; readonly user?: User }
  | { readonly type: 'TIME'; readonly triggerUuid: string; readonly triggerTime: Millis; readonly timezone?: string }
  | {
      readonly type: 'SIGNAL';
      readonly triggerUuid: string;
      readonly signalIdMap: Readonly<Record<string, bigint>>;
      /** Of the trigger, evaluated. */
      readonly params?: ParamValueMap;
      /** What the signals that fired it carried, by signal name. */
      readonly signals?: Readonly<Record<string, SignalParams>>;
    }
  | {
      readonly type: 'SUBWORKFLOW' | 'FOREACH' | 'WHILE' | 'TEMPLATE';
      readonly ancestors: readonly Ancestor[];
      readonly depth: number;
    };
export type InitiatorType = Initiator['type'];

export const RUN_POLICIES = [
  'START_FRESH_NEW_RUN',
  'START_CUSTOMIZED_RUN',
  'RESTART_FROM_INCOMPLETE',
  'RESTART_FROM_BEGINNING',
  'RESTART_FROM_SPECIFIC',
  'RESTART_CUSTOMIZED_RUN',
] as const;
export type RunPolicy = (typeof RUN_POLICIES)[number];

/** StartRequest asks for a new instance; the same request id never starts a second one. */
export interface StartRequest {
  readonly initiator: Initiator;
  readonly requestTime?: Millis;
  readonly requestId: string;
  readonly runtimeTags?: readonly Tag[];
  readonly runParams?: ParamDefinitions;
  readonly stepRunParams?: Readonly<Record<string, ParamDefinitions>>;
  readonly artifacts?: JsonObject;
  readonly persistFailedRun?: boolean;
}
