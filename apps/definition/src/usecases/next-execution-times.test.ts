import { nextExecutionTimes } from './next-execution-times.js';

const NOW = Date.UTC(2026, 0, 1, 10, 30);

it('all triggers together give the next times, each once', () => {
  const times = nextExecutionTimes(
    [
      { type: 'CRON', cron: '0 11,12 * * *' },
      { type: 'PREDEFINED', expression: '@hourly' },
    ],
    NOW,
  );
  expect(times.map((at) => new Date(at).getUTCHours())).toEqual([11, 12, 13, 14, 15]);
});

it('a trigger that could not be pushed any more has none', () => {
  expect(nextExecutionTimes([{ type: 'CRON', cron: 'whenever' }], NOW)).toEqual([]);
});
