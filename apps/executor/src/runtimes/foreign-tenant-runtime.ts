import type { Runtime } from './runtime.js';

/** foreignTenantRuntime ends the attempts of tenants that this executor does not serve: trying again would lead here again. */
export const foreignTenantRuntime: Runtime = {
  type: 'foreign tenant',
  takesSlot: false,
  start: ({ tenant }) =>
    Promise.resolve({
      outcome: 'FATAL_ERROR',
      message: `The executors of this pool do not run steps of tenant "${tenant}". Choose another pool (params executor_pool, executor_labels), or ask who runs it.`,
    }),
};
