import { Lanes } from './lanes.js';

const to = (target: string) => ({ channel: 'webhook', target });
const roomOf = (lanes: Lanes, target: string): number | undefined =>
  lanes.ask()?.lanes.find((lane) => lane.target === target)?.room;

test('a target gets its part and no more, and all together what there is', () => {
  const lanes = new Lanes({ concurrency: 3, perTarget: 2 });
  expect(lanes.ask()).toEqual({ limit: 3, perTarget: 2, lanes: [] });
  lanes.started(to('a'));
  expect(roomOf(lanes, 'a')).toBe(1);
  lanes.started(to('a'));
  expect(lanes.ask()).toMatchObject({ limit: 1, lanes: [{ target: 'a', room: 0 }] });
  lanes.started(to('b'));
  expect(lanes.ask()).toBeUndefined();
  lanes.ended(to('a'), true);
  expect(roomOf(lanes, 'a')).toBe(1);
});

test('one that failed gets one at a time until it answers well', () => {
  const lanes = new Lanes({ concurrency: 8, perTarget: 4 });
  lanes.started(to('a'));
  lanes.ended(to('a'), false);
  expect(roomOf(lanes, 'a')).toBe(1);
  lanes.started(to('a'));
  expect(roomOf(lanes, 'a')).toBe(0);
  lanes.ended(to('a'), true);
  expect(roomOf(lanes, 'a')).toBeUndefined();
});

test('those that fail share a quarter, in turns', () => {
  const lanes = new Lanes({ concurrency: 8, perTarget: 4 });
  for (const name of ['a', 'b', 'c']) {
    lanes.started(to(name));
    lanes.ended(to(name), false);
  }
  const rooms = (): (number | undefined)[] => ['a', 'b', 'c'].map((name) => roomOf(lanes, name));
  expect(rooms()).toEqual([1, 1, 0]);
  lanes.started(to('a'));
  lanes.ended(to('a'), false);
  expect(rooms()).toEqual([0, 1, 1]);
  lanes.started(to('b'));
  lanes.started(to('c'));
  expect(rooms()).toEqual([0, 0, 0]);
});
