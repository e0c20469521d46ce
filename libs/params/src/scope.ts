import type { Params, ParamValue } from '@maestro/domain';

/**
 * ParamScope is what params, conditions and texts can see besides the definitions under evaluation. Whatever a scope leaves
 * out does not exist in it; `{}` is the empty scope.
 */
export interface ParamScope {
  /** The evaluated workflow params; absent while they themselves are being evaluated. */
  readonly workflowParams?: Params;
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
}
