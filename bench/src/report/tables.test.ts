import { NO_COMMITS } from '../machine/commit-account.js';
import type { WorkResult } from '../run-work.js';
import { startLatency } from '../works/start-latency.js';
import { commitsTable, cpuTable, figuresTable, number, othersWarning } from './tables.js';

const RESULT: WorkResult = {
  work: startLatency,
  samples: [2, 3, 4].map((value) => ({ values: { 'D.p50': value, 'D.p99': 2 * value }, steps: 500 })),
  cpu: { byPart: { scheduler: 3, nats: 1.5 }, others: 0.6 },
  commits: { commits: 10, inputs: 40, commitMs: 25, decideMs: 2 },
  seconds: 3,
};

const cells = (text: string): string[][] => text.split('\n').map((line) => line.split(/ {2,}/));

describe('tables of the benchmark', () => {
  it('show each figure with its spread and verdict', () => {
    expect(cells(figuresTable([RESULT])).slice(1)).toEqual([
      ['D.p50', '3', '2', '4', 'ms', '<= 2.5', 'missed by 1.20x'],
      ['D.p99', '6', '4', '8', 'ms', '<= 8', 'met'],
    ]);
  });

  it('show no number where a work is void', () => {
    const row = cells(figuresTable([{ ...RESULT, problem: 'steps: expected 3' }]))[1];
    expect(row).toEqual(['D.p50', '-', '-', '-', 'ms', '<= 2.5', 'VOID: steps: expected 3']);
  });

  it('show CPU seconds per 1,000 steps and what others took of all cores', () => {
    expect(cells(cpuTable([RESULT], 2))[1]).toEqual(['D', '2.000', '1.000', '3.000', '10 %']);
  });

  it('warn of works during which others were busy', () => {
    expect(othersWarning([RESULT], 2)).toContain('during D:');
    expect(othersWarning([{ ...RESULT, cpu: { byPart: {}, others: 0.1 } }], 2)).toBe('');
  });

  it('show averages of commits, and dashes when there were none', () => {
    expect(cells(commitsTable([RESULT]))[1]).toEqual(['D', '10', '4', '2.5', '50']);
    expect(cells(commitsTable([{ ...RESULT, commits: NO_COMMITS }]))[1]).toEqual(['D', '0', '-', '-', '-']);
  });

  it('keep all digits of large numbers and three of small ones', () => {
    expect([12_345.6, 1.23456, 0.01234].map(number)).toEqual(['12,346', '1.23', '0.0123']);
  });
});
