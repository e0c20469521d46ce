import type { AlertType } from '@maestro/domain';
import type { AlertSubject } from './alert.js';

/** subjectPath is `workflow[/instance/run[/step]]`. */
export function subjectPath({ workflowId, instanceId, runId, stepId }: AlertSubject): string {
  const numbers = instanceId === undefined ? [] : [instanceId, runId ?? 1n];
  return [workflowId, ...numbers, ...(stepId === undefined ? [] : [stepId])].join('/');
}

/** alertKey is what a repeated alert is known by; `mark` tells apart several of one type about one subject. No id holds a `#`. */
export function alertKey(type: AlertType, subject: AlertSubject, mark?: string): string {
  return `${type}/${subjectPath(subject)}${mark === undefined ? '' : `#${mark}`}`;
}

/** subjectName says what a subject is, and which. */
export function subjectName(subject: AlertSubject): string {
  return `${kindOf(subject)} ${subjectPath(subject)}`;
}

function kindOf({ instanceId, stepId }: AlertSubject): string {
  if (stepId !== undefined) return 'step';
  return instanceId === undefined ? 'workflow' : 'run';
}
