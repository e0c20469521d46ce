import type { SecretReference } from '@maestro/steps';

/** SecretRule lets a tenant (`*`: any) use the secrets whose `<provider>/<path>` fits the pattern. */
export interface SecretRule {
  readonly tenant: string;
  /** `vault/secret/team-a/*`: `*` at the end stands for anything, `{tenant}` for the name of the tenant. */
  readonly pattern: string;
}

/** isAllowed says whether a step of the tenant may use the secret. Without a rule nothing may be used. */
export function isAllowed(rules: readonly SecretRule[], tenant: string, reference: SecretReference): boolean {
  const name = `${reference.provider}/${reference.path}`;
  return rules.some((rule) => (rule.tenant === '*' || rule.tenant === tenant) && fits(rule.pattern, tenant, name));
}

function fits(pattern: string, tenant: string, name: string): boolean {
  const meant = pattern.replaceAll('{tenant}', () => tenant);
  return meant.endsWith('*') ? name.startsWith(meant.slice(0, -1)) : name === meant;
}
