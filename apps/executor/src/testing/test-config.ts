import { readConfig } from '@maestro/config';
import { executorSpec, type ExecutorConfig } from '../config.js';

/** testConfig is the configuration of an executor for a test: free ports, few words, and what the test says. */
export function testConfig(env: Readonly<Record<string, string>>): ExecutorConfig {
  return readConfig(executorSpec, { argv: [], env: { MAESTRO_LOG_LEVEL: 'error', ...env } });
}
