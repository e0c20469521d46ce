import { StepFailure } from '../process/step-failure.js';

/** KubernetesPolicy is what the operator of an executor lets pods of steps have. */
export interface KubernetesPolicy {
  /** Namespaces by tenant (`*` = every tenant), in order; the first that applies is the default. */
  readonly namespaces: readonly { readonly tenant: string; readonly namespace: string }[];
  /** Service accounts that steps may run as; a pod that names none gets no credentials. */
  readonly serviceAccounts: readonly string[];
}

/** namespaceOf is the namespace of a step: the one it asks for, when its tenant may. Throws a StepFailure. */
export function namespaceOf({ namespaces }: KubernetesPolicy, tenant: string, wanted: string | undefined): string {
  const own = namespaces
    .filter((rule) => rule.tenant === tenant || rule.tenant === '*')
    .map(({ namespace }) => namespace.replace('{tenant}', tenant));
  const namespace = wanted ?? own[0];
  if (namespace !== undefined && own.includes(namespace)) return namespace;
  const known = own.length === 0 ? 'none' : own.join(', ');
  throw new StepFailure(
    'FATAL_ERROR',
    `"kubernetes.namespace": tenant "${tenant}" may not use "${namespace ?? ''}"; allowed: ${known}.`,
  );
}

/** checkServiceAccount throws a StepFailure when steps may not run as this account. */
export function checkServiceAccount({ serviceAccounts }: KubernetesPolicy, wanted: string | undefined): void {
  if (wanted === undefined || serviceAccounts.includes(wanted)) return;
  throw new StepFailure('FATAL_ERROR', `"kubernetes.service_account": steps may not run as "${wanted}" here.`);
}
