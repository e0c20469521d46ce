import type { JsonObject } from '@maestro/domain';

/** StepOfSignalBody is the attempt of a step that announced a signal, or waited for it. */
export interface StepOfSignalBody {
  readonly workflow_id: string;
  readonly workflow_instance_id: bigint;
  readonly workflow_run_id: bigint;
  readonly step_id: string;
  readonly step_attempt_id: bigint;
}

/** SignalBody is one announcement. */
export interface SignalBody {
  readonly name: string;
  readonly seq_id: bigint;
  readonly params: Readonly<Record<string, string | bigint>>;
  readonly payload: JsonObject;
  readonly create_time: bigint;
  readonly source?: StepOfSignalBody;
  /** It had been announced before. */
  readonly details?: JsonObject;
}

/** FiringBody is a trigger that fired. */
export interface FiringBody {
  readonly firing_id: bigint;
  readonly workflow_id: string;
  readonly signal_id_map: Readonly<Record<string, bigint>>;
  readonly state: string;
  readonly detail?: string;
  readonly workflow_instance_id?: bigint;
  readonly workflow_run_id?: bigint;
  readonly fire_time: bigint;
}

/** SignalTraceBody: where a signal came from and went. */
export interface SignalTraceBody {
  readonly signal: SignalBody;
  readonly freed: readonly { readonly step: StepOfSignalBody; readonly match_time: bigint }[];
  readonly fired: readonly FiringBody[];
}

interface TracedBody {
  readonly step: StepOfSignalBody;
  readonly dependency: {
    readonly name: string;
    readonly signal_id?: bigint;
    readonly match_params: Readonly<Record<string, { readonly value: string | bigint; readonly operator: string }>>;
  };
}

/** RunTraceBody: what a run has to do with signals. */
export interface RunTraceBody {
  readonly started_by?: FiringBody;
  readonly consumed: readonly TracedBody[];
  readonly awaited: readonly TracedBody[];
  readonly emitted: readonly SignalBody[];
}

/** SignalGraphBody: workflows and the signals between them. */
export interface SignalGraphBody {
  readonly workflow_ids: readonly string[];
  readonly edges: readonly {
    readonly from?: string;
    readonly signal: string;
    readonly to: string;
    readonly kind: string;
  }[];
  readonly truncated: boolean;
}

/** SignalTriggerBody is a trigger that is subscribed now. */
export interface SignalTriggerBody {
  readonly trigger_uuid: string;
  readonly trigger: { readonly definitions: Readonly<Record<string, JsonObject>> };
  readonly subscribe_time: bigint;
  readonly gathered: bigint;
}
