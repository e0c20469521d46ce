import { defineStepType } from '../define-step-type.js';

/** sql is known by name; see `doc` for what has to come first. */
export const sql = defineStepType({
  name: 'Sql',
  runs: 'later',
  doc: 'Sql steps need the SQL runtime of the executor (bound parameters, connections by name), which comes with the issue on step runtimes.',
});
