import { optional, setting, sharedSettings, text } from '@maestro/config';

/** workerSettings are what can be set about remote workers. */
export const workerSettings = {
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
