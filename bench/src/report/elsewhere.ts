import { table } from './tables.js';

/** Like work by others, as measured on a 2-core machine or published; not measured in this run. */
const ELSEWHERE = [
  ['', 'A1 ms/step', 'B1 steps/s', 'D ms p50 / p99', 'remark'],
  ['Restate', '1.8', '1,350-1,740', '3.2 / 10', ''],
  ['DBOS', '3.6-4.4', '450-820', '2.1 / 5.9', ''],
  ['BullMQ', '1.4', '3,600', '0.9 / 6.2', 'on Redis, fewer guarantees'],
  ['Netflix Maestro', 'about 50', '-', '-', 'published by Netflix'],
];

/** elsewhereLines shows what others reach, clearly apart from what was measured here. */
export function elsewhereLines(): string {
  const title = 'Measured elsewhere, for comparison (peers are not installed here and were not part of this run):';
  return [
    title,
    ...table(ELSEWHERE)
      .split('\n')
      .map((line) => `  ${line}`),
  ].join('\n');
}
