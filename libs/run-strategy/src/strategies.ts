import type { RunStrategyRule } from '@maestro/domain';
import { firstOnly } from './first-only.js';
import { lastOnly } from './last-only.js';
import { parallel } from './parallel.js';
import type { Strategy } from './queue.js';
import { sequential } from './sequential.js';
import { serialLatestOnly } from './serial-latest-only.js';
import { strictSequential } from './strict-sequential.js';

/** STRATEGIES is every run strategy there is. */
export const STRATEGIES: Readonly<Record<RunStrategyRule, Strategy>> = {
  SEQUENTIAL: sequential,
  STRICT_SEQUENTIAL: strictSequential,
  FIRST_ONLY: firstOnly,
  LAST_ONLY: lastOnly,
  PARALLEL: parallel,
  SERIAL_LATEST_ONLY: serialLatestOnly,
};
