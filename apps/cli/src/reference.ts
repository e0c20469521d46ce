import { UsageError } from './errors.js';

/** VersionReference names a version of a workflow: `id` or `id@version`. */
export interface VersionReference {
  readonly workflowId: string;
  /** `active`, `latest`, `default` or a number. */
  readonly version?: string;
}

/** RunReference names a run: `id/instance`, the latest run when none is given. */
export interface RunReference {
  readonly workflowId: string;
  readonly instance: string;
  /** A number or `latest`. */
  readonly run: string;
}

/** StepReference names a step of a run: `id/instance/step`. */
export interface StepReference extends RunReference {
  readonly stepId: string;
}

const VERSION = /^(active|latest|default|[1-9]\d*)$/;
const NUMBER = /^[1-9]\d*$/;

/** parseVersion reads `id` or `id@version`. @throws UsageError */
export function parseVersion(text: string): VersionReference {
  const [workflowId = '', version, ...rest] = text.split('@');
  if (workflowId === '' || workflowId.includes('/') || rest.length > 0) {
    throw new UsageError(`"${text}" does not name a workflow: write <id> or <id>@<version>`);
  }
  if (version === undefined) return { workflowId };
  return { workflowId, version: checkedVersion(version) };
}

/** TemplateReference names a job template; without a version that is up to who is asked. */
export interface TemplateReference {
  readonly type: string;
  readonly version?: string;
}

/** parseTemplate reads `type` or `type@version`. @throws UsageError */
export function parseTemplate(text: string): TemplateReference {
  const [type = '', version, ...rest] = text.split('@');
  if (type === '' || version === '' || rest.length > 0)
    throw new UsageError(`"${text}" does not name a job template: write <type> or <type>@<version>`);
  return version === undefined ? { type } : { type, version };
}

/** checkedVersion is the text when it selects a version. @throws UsageError */
export function checkedVersion(text: string): string {
  const version = text.replace(/^@/, '');
  if (VERSION.test(version)) return version;
  throw new UsageError(`"${text}" is no version: write active, latest, default or a number`);
}

/** parseRun reads `id/instance`. @throws UsageError */
export function parseRun(text: string, run = 'latest'): RunReference {
  const [workflowId, instance, ...rest] = text.split('/');
  if (!workflowId || !instance || rest.length > 0) {
    throw new UsageError(`"${text}" does not name an instance: write <workflow>/<instance>, such as hello/1`);
  }
  return { workflowId, instance: checkedNumber(instance, 'instance'), run: checkedRun(run) };
}

/** parseStep reads `id/instance/step`. @throws UsageError */
export function parseStep(text: string, run = 'latest'): StepReference {
  const [workflowId, instance, stepId, ...rest] = text.split('/');
  if (!workflowId || !instance || !stepId || rest.length > 0) {
    throw new UsageError(`"${text}" does not name a step: write <workflow>/<instance>/<step>, such as hello/1/greet`);
  }
  return { workflowId, instance: checkedNumber(instance, 'instance'), run: checkedRun(run), stepId };
}

/** checkedNumber is the text when it counts something from 1. @throws UsageError */
export function checkedNumber(text: string, what: string): string {
  if (NUMBER.test(text)) return text;
  throw new UsageError(`"${text}" is no ${what} number: they count from 1`);
}

function checkedRun(run: string): string {
  return run === 'latest' ? run : checkedNumber(run, 'run');
}
