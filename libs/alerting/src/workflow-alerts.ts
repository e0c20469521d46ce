import type { Millis } from '@maestro/domain';
import { alertKey, subjectName } from './alert-key.js';
import type { AlertRules } from './alert-rule.js';
import type { Alert } from './alert.js';
import type { Watch } from './watch.js';
import { watchOf } from './watches-of-run.js';

/** DefinitionChange is one entry of the definition service's change feed. */
export interface DefinitionChange {
  readonly sequence: bigint;
  readonly workflowId: string;
  readonly tenant: string;
  readonly time: Millis;
  readonly author: string;
  /** `was pushed as version 3`, `is removed`. */
  readonly what: string;
}

/** definitionAlert tells of a change of the definition, where that is asked for. */
export function definitionAlert(change: DefinitionChange, rules: AlertRules): Alert | undefined {
  if (!rules.has('DEFINITION_CHANGE')) return undefined;
  const { workflowId, tenant, time, author, what, sequence } = change;
  const subject = { workflowId };
  const key = alertKey('DEFINITION_CHANGE', subject, String(sequence));
  const summary = `${subjectName(subject)} ${what} by ${author}`;
  return { key, incident: key, type: 'DEFINITION_CHANGE', tenant, subject, time, summary, details: [] };
}

interface Successes {
  readonly workflowId: string;
  readonly tenant: string;
  /** The last success, or since when one is waited for. */
  readonly since: Millis;
}

/** successWatch watches for the next success of a workflow, where that is asked for. */
export function successWatch({ workflowId, tenant, since }: Successes, rules: AlertRules): Watch | undefined {
  const limitMs = rules.get('SUCCESS_WITHIN')?.limitMs;
  if (limitMs === undefined) return undefined;
  return watchOf('SUCCESS_WITHIN', { tenant, subject: { workflowId }, since, limit: since + limitMs });
}
