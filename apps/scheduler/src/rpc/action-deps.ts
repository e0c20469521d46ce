import type { ActOnStepDeps } from '../usecases/act-on-step.js';

/** ActionDeps is what the RPCs of ActionService work with. */
export type ActionDeps = ActOnStepDeps;
