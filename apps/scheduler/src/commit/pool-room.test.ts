import { PoolRoom } from './pool-room.js';
import { queueKey } from './task-queue-key.js';

describe('the room in a pool', () => {
  let now = 0;
  const room = (): PoolRoom => new PoolRoom({ highWater: () => 2, withLabels: () => undefined }, () => now);

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

describe('queues of a pool', () => {
  const key = (stepType: string, tenant = 'default', pool = 'default'): string => queueKey({ pool, stepType, tenant });

  test('a type whose steps hang, or a tenant with many, takes no room from others', () => {
    const room = new PoolRoom({ highWater: () => 2, withLabels: () => undefined }, () => 0);
    for (let step = 0; step < 5; step += 1) room.take(key('Hung'));
    expect(room.take(key('Hung'))).toBe(false);
    expect(room.take(key('Brisk'))).toBe(true);
    expect(room.take(key('Hung', 'other'))).toBe(true);
  });

  test('nothing is put where nobody has the labels; there is room as soon as somebody has', () => {
    const served: { pool?: string } = {};
    const limits = { highWater: (name: string) => (name === 'gpu' ? 3 : 0), withLabels: () => served.pool };
    const room = new PoolRoom(limits, () => 0);
    const waiting = key('Shell', 'default', 'labels:gpu');
    expect(room.take(waiting)).toBe(false);
    expect(room.room(waiting)).toBe(0);
    served.pool = 'gpu';
    expect(room.room(waiting)).toBe(3);
  });
});
