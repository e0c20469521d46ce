import { startClock, measureOffset, type ClockSource } from './database-clock.js';

/** A local clock and a database 5,000 ms ahead of it; the round trips take these times, half in each direction. */
function source(roundTrips: readonly number[], ahead = { ms: 5_000 }): ClockSource & { local: number } {
  const waits = [...roundTrips];
  return {
    local: 100,
    monotonicMs() {
      return this.local;
    },
    databaseMicros() {
      const half = (waits.shift() ?? 0) / 2;
      this.local += half;
      const micros = BigInt((this.local + ahead.ms) * 1_000);
      this.local += half;
      return Promise.resolve(micros);
    },
  };
}

test('the offset is taken at the middle of the round trip', async () => {
  expect(await measureOffset(source([10, 10, 10]))).toBe(5_000);
});

test('the fastest of three round trips counts', async () => {
  const clock = source([80, 2, 40]);
  const answer = clock.databaseMicros.bind(clock);
  let asked = 0;
  clock.databaseMicros = async () => (await answer()) + ((asked += 1) === 2 ? 0n : 30_000n);
  expect(await measureOffset(clock)).toBe(5_000);
});

test('the clock tells the time of the database and never goes backwards', async () => {
  const local = source([0, 0, 0]);
  const clock = await startClock(local);
  expect(clock.now()).toBe(5_100);
  local.local = 90;
  expect(clock.now()).toBe(5_100);
  local.local = 200;
  expect(clock.now()).toBe(5_200);
  clock.stop();
});
