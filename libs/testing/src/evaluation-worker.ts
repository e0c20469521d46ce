import { builtWorker } from './built-worker.js';

/** evaluationWorker gives the script of the threads that evaluate expressions, bundled from the sources as they are now. */
export function evaluationWorker(): string {
  return builtWorker('evaluation-worker', 'libs/evaluation');
}
