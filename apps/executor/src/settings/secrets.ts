import { integer, optional, setting, text, url } from '@maestro/config';
import { SECRET_PROVIDERS } from '@maestro/steps';
import { z } from 'zod';
import type { SecretRule } from '../usecases/secrets/secret-policy.js';

const RULE = new RegExp(`^([^:]+):((?:${SECRET_PROVIDERS.join('|')})/[^*]*\\*?)$`);

/** rules reads `<tenant>:<provider>/<path>`, separated by commas. */
function rules(): z.ZodType<readonly SecretRule[], string> {
  return z.string().transform((value, context) => {
    const entries = value.split(',').map((entry) => entry.trim());
    return entries
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [, tenant = '', pattern = ''] = RULE.exec(entry) ?? [];
        if (tenant === '') {
          const message = `must hold <tenant>:<provider>/<path> ("${entry}" is not; providers: ${SECRET_PROVIDERS.join(', ')})`;
          context.addIssue({ code: 'custom', message });
        }
        return { tenant, pattern };
      });
  });
}

/** secretSettings say which secrets steps may use, and where they are kept. */
export const secretSettings = {
  secretsAllow: setting({
    flag: 'executor-secrets-allow',
    env: 'MAESTRO_EXECUTOR_SECRETS_ALLOW',
    schema: rules(),
    default: '',
    doc:
      'secrets that steps may use: <tenant>:<provider>/<path>, separated by commas; * is any tenant, at the end of a path ' +
      'anything; {tenant} is its name; empty: none',
    example: '*:file/{tenant}/*,team-a:vault/secret/team-a/*,team-b:env/TEAM_B_TOKEN',
  }),
  secretsCacheSeconds: setting({
    flag: 'executor-secrets-cache-seconds',
    env: 'MAESTRO_EXECUTOR_SECRETS_CACHE_SECONDS',
    schema: integer({ min: 0, max: 3_600 }),
    default: '30',
    doc: 'how long a secret is used without reading it again (memory only)',
    example: '0',
  }),
  secretsDir: setting({
    flag: 'executor-secrets-dir',
    env: 'MAESTRO_EXECUTOR_SECRETS_DIR',
    schema: optional(text()),
    default: '',
    doc: 'folder of secret://file/<path>; empty: none',
    example: '/run/secrets/maestro',
  }),
  secretsKubernetesUrl: setting({
    flag: 'executor-secrets-kubernetes-url',
    env: 'MAESTRO_EXECUTOR_SECRETS_KUBERNETES_URL',
    schema: url('http', 'https'),
    default: 'https://kubernetes.default.svc',
    doc: 'API server of secret://kubernetes/<namespace>/<name>#<key>',
    example: 'https://10.0.0.1:6443',
  }),
  secretsKubernetesAccount: setting({
    flag: 'executor-secrets-kubernetes-account',
    env: 'MAESTRO_EXECUTOR_SECRETS_KUBERNETES_ACCOUNT',
    schema: text(),
    default: '/var/run/secrets/kubernetes.io/serviceaccount',
    doc: 'folder of the mounted service account (token, ca.crt, namespace)',
    example: '/var/run/secrets/kubernetes.io/serviceaccount',
  }),
  secretsVaultUrl: setting({
    flag: 'executor-secrets-vault-url',
    env: 'MAESTRO_EXECUTOR_SECRETS_VAULT_URL',
    schema: optional(url('http', 'https')),
    default: '',
    doc: 'server of secret://vault/<mount>/<path>#<key> (key-value engine, version 2); empty: none',
    example: 'https://vault.example.com:8200',
  }),
  secretsVaultTokenFile: setting({
    flag: 'executor-secrets-vault-token-file',
    env: 'MAESTRO_EXECUTOR_SECRETS_VAULT_TOKEN_FILE',
    schema: optional(text()),
    default: '',
    doc: 'file with the token for Vault, read at every use',
    example: '/vault/secrets/token',
  }),
  secretsVaultToken: setting({
    flag: 'executor-secrets-vault-token',
    env: 'MAESTRO_EXECUTOR_SECRETS_VAULT_TOKEN',
    schema: optional(text()),
    default: '',
    doc: 'token for Vault, when there is no file of it',
    example: 'hvs.CAES...',
    secret: true,
  }),
  secretsVaultNamespace: setting({
    flag: 'executor-secrets-vault-namespace',
    env: 'MAESTRO_EXECUTOR_SECRETS_VAULT_NAMESPACE',
    schema: optional(text()),
    default: '',
    doc: 'namespace in Vault; empty: none',
    example: 'team-a',
  }),
};
