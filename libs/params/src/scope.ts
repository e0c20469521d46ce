import type { Params, ParamValue } from '@maestro/domain';

/**
 * ParamFunctionPorts answer the functions of `params` that need more than params and steps. Each returns undefined when there
 * is no such value. A port may be left out, or throw a HostError, where it cannot be answered: the expression then fails
 * with a message that says why.
 */
export interface ParamFunctionPorts {
  /** A param of the signal trigger that started the run: `getFromSignal(param)`. */
  triggerParam?(name: string): ParamValue | undefined;
  /** A param of the matched instance of a signal: `getFromSignal(signal, param)` and `signal__param`. */
  signalParam?(signal: string, name: string): ParamValue | undefined;
  /** A param of the signal instance that matched a dependency of the step, counted from 0. */
  dependencyParam?(index: number, name: string): ParamValue | undefined;
  /** One value per iteration of a foreach step that has ended. */
  foreachParam?(foreachStep: string, innerStep: string, name: string): ParamValue | undefined;
  /** A param of a step in the instance that a subworkflow step started. */
  subworkflowParam?(subStep: string, innerStep: string, name: string): ParamValue | undefined;
  /** A non-negative 63-bit number that no other call answers; the same evaluation repeated answers the same. */
  nextUniqueId?(): bigint | undefined;
  /** The configured name of the environment. */
  executionEnvironment?(): string | undefined;
}

/**
 * ParamScope is what params, conditions and texts can see besides the definitions under evaluation. Whatever a scope leaves
 * out does not exist in it; `{}` is the empty scope.
 */
export interface ParamScope {
  /** The evaluated workflow params; absent while they themselves are being evaluated. */
  readonly workflowParams?: Params;
  /** The value of a default workflow param that the run does not override: evaluated when it is asked for. */
  workflowDefault?(name: string): ParamValue | undefined;
  /** Id of the step that asks; absent at workflow level. */
  readonly stepId?: string;
  /** The already evaluated params of that step, for its conditions and texts. */
  readonly stepParams?: Params;
  /** Whether an id is that of a step of the definition, finished or not: decides how `a___b` is split. */
  isStep?(id: string): boolean;
  /**
   * A param of a finished upstream step, or its `MAESTRO_STEP_STATUS` or `MAESTRO_STEP_END_TIME`; undefined when the step
   * is not finished, not upstream, or has no such param.
   */
  stepParam?(stepId: string, name: string): ParamValue | undefined;
  /** A field of the own step for `params.getFromStep(field)`; undefined when there is no such field. */
  stepField?(field: string): ParamValue | undefined;
  /** A field of the instance for `params.getFromInstance(field)`: null when it has no value, undefined when there is none. */
  instanceField?(field: string): ParamValue | null | undefined;
  /** What the other functions of `params` need. */
  readonly functions?: ParamFunctionPorts;
}
