import { integer, optional, setting, sharedSettings, text } from '@maestro/config';

/** workerSettings are what can be set about remote workers, and about who may use the executor and how much of it. */
export const workerSettings = {
  labels: setting({
    flag: 'executor-labels',
    env: 'MAESTRO_EXECUTOR_LABELS',
    schema: optional(text()),
    default: '',
    doc: 'what steps may choose this executor by (param executor_labels), separated by commas; all executors of a pool should have the same',
    example: 'gpu,eu-west',
  }),
  tenants: setting({
    flag: 'executor-tenants',
    env: 'MAESTRO_EXECUTOR_TENANTS',
    schema: optional(text()),
    default: '',
    doc: 'tenants whose steps it runs, separated by commas; steps of others fail; empty: all',
    example: 'ads,ml',
  }),
  typeSlots: setting({
    flag: 'executor-type-slots',
    env: 'MAESTRO_EXECUTOR_TYPE_SLOTS',
    schema: optional(text()),
    default: '',
    doc: 'how many of the slots steps of a type may take, as Type=number, separated by commas; other types: all',
    example: 'Http=50,Shell=8',
  }),
  tenantShare: setting({
    flag: 'executor-tenant-share',
    env: 'MAESTRO_EXECUTOR_TENANT_SHARE',
    schema: integer({ min: 1, max: 100 }),
    default: '100',
    doc: 'per cent of the slots that the steps of one tenant may take',
    example: '60',
  }),
  definitionAddress: sharedSettings.definitionAddress,
  workerTokens: setting({
    flag: 'executor-worker-tokens',
    env: 'MAESTRO_EXECUTOR_WORKER_TOKENS',
    schema: optional(text()),
    default: '',
    doc: 'tokens of which remote workers must show one, separated by commas; tenant=token: its step types are for that tenant alone; empty: every worker is let in',
    example: 'ads=3c9f2d,ml=77ab01',
  }),
};
