import type { Ancestor, Millis, Params, RunKey, StepStatus } from '@maestro/domain';
import type { StepTimes } from '@maestro/engine';

/** IterationsOf says whose iterations: the inline workflow of the outermost loop, and how ids of the loops in it follow from it. */
export interface IterationsOf {
  /** Inline workflow id of the outermost loop's iterations. */
  readonly outermost: string;
  /** Of each loop in it, outermost first: what inline workflow ids begin with, and the id of the loop step. */
  readonly inner: readonly { readonly prefix: string; readonly stepId: string }[];
  /** Place of the step in the plan of the innermost loop; undefined: the iterations as wholes. */
  readonly ordinal?: number | undefined;
  /** Iterations made at this time or later belong to a later run; undefined: the latest run is meant. */
  readonly before?: Millis | undefined;
}

/** IterationFilter chooses iterations; what is absent chooses all. */
export interface IterationFilter {
  readonly statuses?: readonly StepStatus[];
  /** Texts that a param of the loops may have, by its name; all names must match. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** IterationAsk is where a page begins, and how long it is. */
export interface IterationAsk {
  readonly size: number;
  readonly direction: 'forward' | 'backward';
  /** Numbers of the iterations around the step, outermost first: the page begins behind (before) it. */
  readonly after?: readonly bigint[] | undefined;
}

/** FoundIteration is the latest attempt of a step in one iteration of the loops around it. */
export interface FoundIteration {
  /** Numbers of the iterations, from 1, outermost first. */
  readonly place: readonly bigint[];
  readonly runKey: RunKey;
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
  /** Root first. */
  readonly ancestors: readonly Ancestor[];
  /** 0 = the iteration as a whole. */
  readonly attempt: number;
  readonly status: StepStatus;
  readonly times: StepTimes;
  /** Values of all loops around it. */
  readonly params: Params;
}

/** IterationPage is in the order of the iterations, whatever the direction. */
export interface IterationPage {
  readonly items: readonly FoundIteration[];
  /** Where to go on in the direction; undefined at the end. */
  readonly next?: readonly bigint[] | undefined;
}

/** IterationReader reads the iterations of loops for people, by key: no page costs more because of how many others there are. */
export interface IterationReader {
  page(of: IterationsOf, filter: IterationFilter, ask: IterationAsk): Promise<IterationPage>;
  one(of: IterationsOf, place: readonly bigint[]): Promise<FoundIteration | undefined>;
  /** How many iterations there are in each status, and where the first of them is. */
  counts(of: IterationsOf): Promise<readonly StatusCount[]>;
}

/** StatusCount counts the iterations in one status. */
export interface StatusCount {
  readonly status: StepStatus;
  readonly count: bigint;
  readonly first: readonly bigint[];
}
