import { NO_COMMITS } from '../machine/commit-account.js';
import type { WorkResult } from '../run-work.js';
import { startLatency } from '../works/start-latency.js';
import { resultsJson } from './results-json.js';

const RESULT: WorkResult = {
  work: startLatency,
  samples: [3, 1, 2].map((value) => ({ values: { 'D.p50': value, 'D.p99': 10 * value }, steps: 500 })),
  cpu: { byPart: {}, others: 0 },
  commits: NO_COMMITS,
  seconds: 3,
};

function parsed(result: WorkResult): Record<string, object> {
  return JSON.parse(resultsJson([result])) as Record<string, object>;
}

describe('figures as JSON', () => {
  it('gives each figure its own key with median, unit, target and all runs', () => {
    expect(parsed(RESULT)).toEqual({
      'D.p50': { median: 2, met: true, unit: 'ms', target: 2.5, runs: [3, 1, 2] },
      'D.p99': { median: 20, met: false, unit: 'ms', target: 8, runs: [30, 10, 20] },
    });
  });

  it('says why a figure is void instead of calling it met', () => {
    expect(parsed({ ...RESULT, problem: 'runs: expected 500' })['D.p50']).toMatchObject({
      met: false,
      problem: 'runs: expected 500',
    });
  });

  it('leaves the median out when no sample was taken', () => {
    expect(parsed({ ...RESULT, samples: [], problem: 'refused' })['D.p50']).toEqual({
      unit: 'ms',
      target: 2.5,
      runs: [],
      problem: 'refused',
    });
  });
});
