/** Value is what params, outputs and artifacts are made of. Whole numbers beyond 2^53 come, and may be given, as bigint. */
export type Value =
  string | number | bigint | boolean | null | readonly Value[] | { readonly [name: string]: Value | undefined };

/** Values are named values. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** StepContext is one attempt of a step, as its function gets it. */
export interface StepContext {
  /** Evaluated params: those that the type declares, and the step's own. */
  readonly params: Values;
  /** Aborts when the attempt is cancelled, times out, or has to be given up: stop, and let the function end soon. */
  readonly signal: AbortSignal;
  /** The idempotency key: the same whenever this attempt is handed out again. */
  readonly attemptId: string;
  readonly workflowId: string;
  readonly workflowInstanceId: bigint;
  readonly workflowRunId: bigint;
  readonly stepId: string;
  /** 1 is the first try. */
  readonly attempt: number;
  readonly tenant: string;
  /** Name and version of the step type. */
  readonly type: { readonly name: string; readonly version: string };
  /** W3C trace context; empty when the run is not traced. */
  readonly traceparent: string;
  /** Artifacts of the step so far: what an earlier hand-out of this attempt reported. */
  readonly artifacts: Values;
  /** log adds a line to the step's log. */
  log(text: string): void;
  /** warn adds a line to the error stream of the step's log. */
  warn(text: string): void;
  /** progress reports artifacts while the step runs. */
  progress(artifacts: Values): void;
  /** setArtifact leaves an artifact behind, whatever becomes of the attempt. */
  setArtifact(name: string, value: Value): void;
  /** announce announces a signal when the attempt has succeeded. */
  announce(signal: string, params?: Values): void;
}

/** StepFunction is a step type: what it returns are the output params of the step. */
export type StepFunction = (context: StepContext) => Promise<Values | void> | Values | void;

/** ParamDefinition declares one param, as workflow definitions do. */
export interface ParamDefinition {
  readonly type:
    | 'STRING'
    | 'LONG'
    | 'DOUBLE'
    | 'BOOLEAN'
    | 'STRING_ARRAY'
    | 'LONG_ARRAY'
    | 'DOUBLE_ARRAY'
    | 'BOOLEAN_ARRAY'
    | 'STRING_MAP'
    | 'MAP';
  /** The default. */
  readonly value?: Value;
  /** A default that is computed for each run. */
  readonly expression?: string;
  /** REQUIRED: a step must give it. */
  readonly internal_mode?: 'REQUIRED' | 'OPTIONAL' | 'PROVIDED';
  readonly mode?: 'MUTABLE' | 'MUTABLE_ON_START' | 'CONSTANT' | 'IMMUTABLE';
}

/** StepTypeDefinition is a step type that a worker runs. */
export interface StepTypeDefinition {
  readonly run: StepFunction;
  /** Default `1`. Under one version the params stay the same; steps get the newest when their workflow is pushed. */
  readonly version?: string;
  /** One or two sentences for people. */
  readonly doc?: string;
  readonly params?: Readonly<Record<string, ParamDefinition>>;
  /** Names of those params that it writes. */
  readonly outputs?: readonly string[];
  /** How many may run at once; default: as many as the worker has slots. */
  readonly slots?: number;
}
