import { staleEnvironments } from './stale-environments.js';

const HOUR = 3_600_000;
const now = 100 * HOUR;
const named = (link: string, hoursAgo: number) => ({ link, target: `${link}.x`, usedAt: now - hoursAgo * HOUR });
const folder = (target: string, hoursAgo: number) => ({ link: undefined, target, usedAt: now - hoursAgo * HOUR });

it('the longest unused go when there are more than may be kept', () => {
  const known = [
    named('c', 5),
    named('a', 3),
    named('b', 4),
    ...['a.x', 'b.x', 'c.x'].map((target) => folder(target, 90)),
  ];
  expect(staleEnvironments(known, 1, now).map(({ link }) => link)).toEqual(['b', 'c']);
});

it('what was used within an hour stays', () => {
  expect(
    staleEnvironments([named('a', 0.1), named('b', 0.9), named('c', 1.1)], 1, now).map(({ link }) => link),
  ).toEqual(['c']);
});

it('what was never finished goes after a day', () => {
  expect(staleEnvironments([folder('old', 25), folder('building', 1)], 1, now).map(({ target }) => target)).toEqual([
    'old',
  ]);
});
