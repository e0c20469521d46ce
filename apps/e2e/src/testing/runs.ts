import { randomUUID } from 'node:crypto';
import { waitUntil } from '@maestro/testing';
import type { RestClient } from './rest-client.js';

/** RunView is what tests read of a run. */
export interface RunView {
  readonly workflow_instance_id: number;
  readonly workflow_run_id: number;
  readonly workflow_version_id: number;
  readonly status: string;
  readonly params?: Readonly<Record<string, { readonly evaluated_result?: unknown }>>;
  readonly runtime_overview?: unknown;
  readonly timeline?: readonly unknown[];
}

/** StepView is what tests read of an attempt. */
export interface StepView {
  readonly workflow_run_id: number;
  readonly step_id: string;
  readonly step_attempt_id: number;
  readonly runtime_state: { readonly status: string; readonly [time: string]: unknown };
  readonly params?: Readonly<Record<string, { readonly evaluated_result?: unknown }>>;
  readonly step_retry?: Readonly<Record<string, unknown>>;
  readonly artifacts?: Readonly<Record<string, unknown>>;
  readonly timeline?: readonly unknown[];
}

/** Started is the answer of a start. */
export interface Started {
  readonly workflow_id: string;
  readonly workflow_instance_id: number;
  readonly workflow_run_id: number;
  readonly status: string;
}

/** StartOptions are the parts of a start that tests choose. */
export interface StartOptions {
  readonly version?: string;
  readonly requestId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const TERMINAL = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'];

/** Runs pushes definitions and starts and follows their runs over REST. */
export class Runs {
  constructor(private readonly rest: RestClient) {}

  push(definition: unknown): Promise<unknown> {
    return this.rest.succeed('POST', '/workflows', { body: definition });
  }

  /** Pushes a workflow of these steps; `id` is its id. */
  pushSteps(id: string, steps: readonly unknown[], more: Record<string, unknown> = {}): Promise<unknown> {
    const { properties, ...workflow } = more;
    return this.push({
      properties: { owner: 'ada', run_strategy: 'parallel', ...(properties as object | undefined) },
      workflow: { id, steps, ...workflow },
    });
  }

  start(id: string, options: StartOptions = {}): Promise<Started> {
    const { version = 'active', requestId = randomUUID(), params, headers } = options;
    return this.rest.succeed('POST', `/workflows/${id}/versions/${version}/actions/start`, {
      body: {
        initiator: { type: 'manual' },
        request_id: requestId,
        ...(params === undefined ? {} : { run_params: params }),
      },
      ...(headers === undefined ? {} : { headers }),
    });
  }

  /** Restarts an instance; `more` is the body of the request. */
  restart(id: string, more: Record<string, unknown> = {}, instance = 1): Promise<Record<string, unknown>> {
    const body = { request_id: randomUUID(), ...more };
    return this.rest.succeed('POST', `/workflows/${id}/instances/${instance}/actions/restart`, { body });
  }

  restartStep(id: string, step: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const body = { request_id: randomUUID(), ...more };
    return this.rest.succeed('POST', `/workflows/${id}/instances/1/steps/${step}/actions/restart`, { body });
  }

  get(id: string, instance = 1): Promise<RunView> {
    return this.rest.succeed('GET', `/workflows/${id}/instances/${instance}`);
  }

  steps(id: string, instance = 1): Promise<StepView[]> {
    return this.rest.succeed('GET', `/workflows/${id}/instances/${instance}/steps`);
  }

  /** Status per step, of the latest attempts. */
  async statuses(id: string, instance = 1): Promise<Record<string, string>> {
    const steps = await this.steps(id, instance);
    return Object.fromEntries(steps.map((step) => [step.step_id, step.runtime_state.status]));
  }

  /** Which run each step of the latest view comes from. */
  async runsOf(id: string): Promise<Record<string, number>> {
    const steps = await this.steps(id);
    return Object.fromEntries(steps.map((each) => [each.step_id, each.workflow_run_id]));
  }

  async step(id: string, step: string, instance = 1): Promise<StepView> {
    return this.rest.succeed('GET', `/workflows/${id}/instances/${instance}/steps/${step}`);
  }

  async attempt(id: string, step: string, attempt: number, instance = 1): Promise<StepView> {
    return this.rest.succeed('GET', `/workflows/${id}/instances/${instance}/runs/1/steps/${step}/attempts/${attempt}`);
  }

  /** The log of an attempt of instance 1. It is written in the background, so that of an attempt that just ended may take a moment. */
  async log(id: string, step: string, { attempt = 1, follow = false } = {}): Promise<string> {
    const path = `/workflows/${id}/instances/1/runs/1/steps/${step}/attempts/${attempt}/log?follow=${follow}`;
    const read = async (): Promise<string> => (await this.rest.succeed<{ text: string }>('GET', path)).text;
    return waitUntil(read, { describe: `the log of ${id}/1/${step} is there` });
  }

  /** Resolves with the run once it has ended. */
  async ended(id: string, instance = 1, timeoutMs = 30_000): Promise<RunView> {
    let last: RunView | undefined;
    const hasEnded = async (): Promise<RunView | string> => {
      last = await this.get(id, instance);
      return TERMINAL.includes(last.status) ? last : Promise.reject(new Error(last.status));
    };
    return (await waitUntil(hasEnded, { timeoutMs, describe: `${id}/${instance} ends` })) as RunView;
  }

  /** Resolves once the step has one of these statuses. */
  async stepIs(id: string, step: string, statuses: readonly string[], instance = 1): Promise<StepView> {
    const reached = async (): Promise<StepView> => {
      const view = await this.step(id, step, instance);
      if (statuses.includes(view.runtime_state.status)) return view;
      throw new Error(view.runtime_state.status);
    };
    return waitUntil(reached, { timeoutMs: 20_000, describe: `${id}/${instance}/${step} is ${statuses.join(' or ')}` });
  }

  async finish(id: string, options: StartOptions = {}): Promise<RunView> {
    const { workflow_instance_id: instance } = await this.start(id, options);
    return this.ended(id, instance);
  }
}

/** A string param as definitions write it. */
export const text = (value: string): unknown => ({ value, type: 'STRING' });

/** A string param that is taken as it is: `$` would begin the name of another param. */
export const literal = (value: string): unknown => text(value.replaceAll('$', '$$$$'));

/** A step as definitions write it. */
export function step(id: string, type: string, more: Record<string, unknown> = {}): unknown {
  return { step: { id, type, ...more } };
}

/** A Shell step that tries once unless told otherwise. */
export function shell(id: string, script: string, more: Record<string, unknown> = {}): unknown {
  const { params, ...rest } = more;
  return step(id, 'Shell', {
    retry_policy: { error_retry_limit: 0 },
    params: { script: literal(script), ...(params as object | undefined) },
    ...rest,
  });
}

/** Conditions of a step's successors. */
export const then = (...ids: string[]): Record<string, unknown> => ({
  transition: { successors: Object.fromEntries(ids.map((id) => [id, 'true'])) },
});
