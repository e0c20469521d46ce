import { SchedulerClock } from './scheduler-clock.js';

it('the offset is taken from the middle of the round trip, and worse trips do not spoil it', () => {
  const local = { at: 1_000, monotonic: () => local.at };
  const clock = new SchedulerClock(local, 50_000);
  expect(clock.now()).toBe(50_000);
  local.at = 1_010;
  clock.synchronize(80_005, 1_000);
  expect(clock.now()).toBe(80_010);
  local.at = 2_010;
  clock.synchronize(99_999, 1_010);
  expect(clock.now()).toBe(81_010);
});

it('an old measurement gives way to a slower new one', () => {
  const local = { at: 0, monotonic: () => local.at };
  const clock = new SchedulerClock(local, 0);
  clock.synchronize(1_000, 0);
  local.at = 60_200;
  clock.synchronize(70_000, 60_000);
  expect(clock.now()).toBe(70_100);
});
