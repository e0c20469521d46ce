import type { Clients } from '../load/clients.js';
import type { RunningMaestro } from '../machine/running-maestro.js';

/** WorkContext is what a work runs in. */
export interface WorkContext {
  readonly clients: Clients;
  readonly maestro: RunningMaestro;
  /** Fires when the time of the work is over. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Figure is one number of a work: what it must reach and in which direction. */
export interface Figure {
  /** Key in the table and in the JSON: `A1`, `D.p50`. */
  readonly key: string;
  readonly unit: string;
  readonly target: number;
  /** Is less or more better? */
  readonly better: 'less' | 'more';
  readonly title: string;
}

/** Sample is what one repetition gave. */
export interface Sample {
  /** Values by the key of the figure. */
  readonly values: Readonly<Record<string, number>>;
  /** Steps that were done in it, for the CPU per 1,000 steps. */
  readonly steps: number;
}

/** PreparedWork repeats one measurement on workflows that are pushed already. */
export interface PreparedWork {
  /** Repetitions that are not counted. */
  warmUp(): Promise<void>;
  sample(): Promise<Sample>;
}

/** Work is one row of the benchmark. */
export interface Work {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly samples: number;
  /** For everything: warm-up and all samples. */
  readonly timeLimitMs: number;
  /** Settings of the services that this work wants; works with equal settings share one Maestro. */
  readonly settings: Readonly<Record<string, string>>;
  /** It takes so long that only `--only` runs it. */
  readonly onRequest?: boolean;
  prepare(context: WorkContext): Promise<PreparedWork>;
}
