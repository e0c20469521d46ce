import { PoolRoom } from './pool-room.js';

describe('the room in a pool', () => {
  let now = 0;
  const room = (): PoolRoom => new PoolRoom({ highWater: () => 2 }, () => now);

  it('ends at the high-water mark and comes back as dispatches are claimed or reported', () => {
    const pools = room();
    expect([pools.take('a'), pools.take('a'), pools.take('a')]).toEqual([true, true, false]);
    pools.give('a');
    expect(pools.room('a')).toBe(1);
    expect(pools.take('a')).toBe(true);
  });

  it('is counted for each pool alone', () => {
    const pools = room();
    pools.take('a');
    pools.take('a');
    expect(pools.take('b')).toBe(true);
  });

  it('never grows above the mark by reports of dispatches that another replica made', () => {
    const pools = room();
    pools.give('a');
    pools.give('a');
    expect(pools.room('a')).toBe(2);
  });

  it('comes back in time of dispatches whose claims another replica has committed', () => {
    const pools = room();
    pools.take('a');
    now += 60_000;
    pools.take('a');
    expect(pools.room('a')).toBe(0);
    now += 4 * 60_000 + 1;
    expect(pools.room('a')).toBe(1);
    expect([pools.take('a'), pools.take('a')]).toEqual([true, false]);
  });

  it('tells once that room was given back', () => {
    const pools = room();
    pools.take('a');
    pools.give('a');
    expect([pools.takeGiven(), pools.takeGiven()]).toEqual([true, false]);
  });
});
