import { EvaluationPool, inPlaceFirst } from '@maestro/evaluation';
import { createCompiler } from '@maestro/sel';
import type { HttpPolicy } from '@maestro/outbound';
import type { HttpSettings } from '../runtimes/http/http.js';

/** httpSettings lets Http steps evaluate in place; tests need no more. */
export function httpSettings(policy: HttpPolicy): HttpSettings {
  const workers = new EvaluationPool({ script: 'no worker is needed' });
  const evaluator = inPlaceFirst(workers, createCompiler({ cacheSize: 100 }));
  return { policy, evaluator, now: () => 1_700_000_000_000, pollMs: 10, retryMs: 5 };
}
