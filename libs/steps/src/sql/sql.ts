import { defineStepType } from '../define-step-type.js';

/** Sql runs statements on a named connection of the executor. */
export const sql = defineStepType({
  name: 'Sql',
  runs: 'executor',
  doc:
    'Runs the statements of `sql` on a `connection` that the executor knows by name. `:name` is a bound value of `binds` or of another param ' +
    'of the step; columns of the first row become the outputs that the step declares as params.',
  defaultParams: {
    sql: { type: 'STRING', internalMode: 'REQUIRED' },
    connection: { type: 'STRING', internalMode: 'REQUIRED' },
    binds: { type: 'MAP', value: {}, internalMode: 'OPTIONAL' },
    outputs: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
    max_rows: { type: 'LONG', value: 100n, internalMode: 'PROVIDED' },
    transaction: { type: 'BOOLEAN', internalMode: 'OPTIONAL' },
    statement_timeout: { type: 'STRING', internalMode: 'OPTIONAL' },
  },
});
