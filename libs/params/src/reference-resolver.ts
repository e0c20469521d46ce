import type { Params, ParamValue } from '@maestro/domain';
import { HostError } from '@maestro/sel';
import { own } from './record.js';
import type { ParamScope } from './scope.js';
import { signalParam } from './signal-reference.js';
import { SEPARATOR, splitReference, splitSignal } from './step-reference.js';

/** OwnParams are the definitions under evaluation. */
export interface OwnParams {
  /** The value of a param that is already evaluated. */
  evaluated(name: string): ParamValue | undefined;
  /** The value of a defined param, evaluated now if need be; undefined when it is not defined. */
  demand(name: string): ParamValue | undefined;
}

/** Fields of the step that every attempt has as params too. */
const STEP_FIELDS: ReadonlySet<string> = new Set(['step_id', 'step_attempt_id', 'step_instance_uuid']);

/** ReferenceResolver finds what a name stands for, in the order of spec 2.5. Throws HostError for references that cannot be. */
export class ReferenceResolver {
  constructor(
    private readonly scope: ParamScope,
    private readonly ownParams: OwnParams,
  ) {}

  /**
   * A name in an expression or `${}`: an evaluated own param, then a workflow param, then an own param that is evaluated on
   * demand. So a workflow param hides a step param of the same name that is declared later, as in the original.
   */
  resolve(name: string): ParamValue | undefined {
    if (!name.includes(SEPARATOR)) return this.plain(name);
    const atWorkflowLevel = this.scope.stepId === undefined ? this.plain(name) : undefined;
    return atWorkflowLevel ?? this.across(name);
  }

  /** The same for a name that a program is about to give a value: nothing is evaluated for it, and what is not there is no error. */
  evaluated(name: string): ParamValue | undefined {
    return (
      this.ownParams.evaluated(name) ?? valueOf(this.scope.stepParams, name) ?? valueOf(this.scope.workflowParams, name)
    );
  }

  private plain(name: string): ParamValue | undefined {
    return (
      this.ownParams.evaluated(name) ??
      valueOf(this.scope.stepParams, name) ??
      this.reservedParam(name) ??
      valueOf(this.scope.workflowParams, name) ??
      this.scope.workflowDefault?.(name) ??
      this.ownParams.demand(name)
    );
  }

  /** `params.get(name)`: workflow params only; at workflow level these are the ones under evaluation. */
  workflowParam(name: string): ParamValue | undefined {
    const known = valueOf(this.scope.workflowParams, name) ?? this.scope.workflowDefault?.(name);
    return known ?? (this.scope.stepId === undefined ? this.ownParams.demand(name) : undefined);
  }

  /** `params.getFromStep(stepId, name)`. */
  stepParam(stepId: string, name: string): ParamValue {
    const value = stepId === this.scope.stepId ? this.ownStepParam(name) : this.scope.stepParam?.(stepId, name);
    if (value !== undefined) return value;
    throw new HostError(
      this.isStep(stepId)
        ? `step ${stepId} has no evaluated param ${name}, or is no finished upstream step`
        : `there is no step ${stepId}`,
    );
  }

  private ownStepParam(name: string): ParamValue | undefined {
    return (
      this.ownParams.evaluated(name) ??
      valueOf(this.scope.stepParams, name) ??
      this.reservedParam(name) ??
      this.ownParams.demand(name)
    );
  }

  /** The params that every attempt has by its identity (STEP_DEFAULTS); they are never defined. */
  private reservedParam(name: string): ParamValue | undefined {
    if (this.scope.stepId === undefined) return undefined;
    if (STEP_FIELDS.has(name)) return this.scope.stepField?.(name);
    return name === 'workflow_instance_id' ? (this.scope.instanceField?.(name) ?? undefined) : undefined;
  }

  private across(name: string): ParamValue {
    const reference = splitReference(name, (id) => this.isStep(id));
    if (reference) return this.stepParam(reference.stepId, reference.param);
    const [signal, param] = splitSignal(name);
    if (this.scope.functions?.signalParam !== undefined) return signalParam(this.scope, signal, param);
    const why = 'the signals that a run matched are not known to this evaluation';
    throw new HostError(
      `${name} names no step, and as a param of signal ${signal} it cannot be read here: ${why}`,
      'unsupported',
    );
  }

  private isStep(id: string): boolean {
    return id === this.scope.stepId || (this.scope.isStep?.(id) ?? false);
  }
}

function valueOf(params: Params | undefined, name: string): ParamValue | undefined {
  return own(params, name)?.evaluatedResult;
}
