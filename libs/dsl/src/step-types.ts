/** STEP_TYPES are the leaf step types that Maestro itself brings, in their canonical spelling. */
export const STEP_TYPES: ReadonlySet<string> = new Set([
  'NoOp',
  'Sleep',
  'Http',
  'Shell',
  'Python',
  'Sql',
  'Docker',
  'Kubernetes',
  'Notebook',
  'Titus',
  'Echo',
]);

/** ReadOptions say what a definition may use. */
export interface ReadOptions {
  /** Canonical names of the registered leaf step types; default STEP_TYPES. */
  readonly knownStepTypes?: ReadonlySet<string>;
}
