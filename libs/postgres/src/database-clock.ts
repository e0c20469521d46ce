import type { Millis } from '@maestro/domain';
import type { Pool } from 'pg';

/** DatabaseClock tells Postgres' time without asking it: all replicas agree on it whatever their own clocks say. */
export interface DatabaseClock {
  /** Postgres' time now, in milliseconds since the epoch; never goes backwards. */
  now(): Millis;
  stop(): void;
}

/** Which functions the clock needs; tests give their own. */
export interface ClockSource {
  /** Milliseconds of a monotonic local clock. */
  monotonicMs(): number;
  /** Postgres' `clock_timestamp()` in microseconds since the epoch. */
  databaseMicros(): Promise<bigint>;
}

const SAMPLES = 3;
const REFRESH_MS = 10_000;

/**
 * databaseClock measures the offset between the local monotonic clock and Postgres' (the middle of the fastest of three
 * round trips), and again every 10 s. A failed refresh keeps the offset; the first measurement must succeed.
 */
export async function databaseClock(pool: Pool): Promise<DatabaseClock> {
  return startClock(clockOf(pool));
}

/** startClock is databaseClock over any source of time. */
export async function startClock(source: ClockSource): Promise<DatabaseClock> {
  let offset = await measureOffset(source);
  let last = 0;
  const refresh = (): void => {
    measureOffset(source).then(
      (measured) => (offset = measured),
      () => undefined,
    );
  };
  const timer = setInterval(refresh, REFRESH_MS);
  timer.unref();
  return {
    now: () => (last = Math.max(last, Math.floor(source.monotonicMs() + offset))),
    stop: () => clearInterval(timer),
  };
}

/** measureOffset is what to add to the local monotonic clock to get Postgres' time, in milliseconds. */
export async function measureOffset(source: ClockSource): Promise<number> {
  let best = { roundTrip: Infinity, offset: 0 };
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const sent = source.monotonicMs();
    const micros = await source.databaseMicros();
    const roundTrip = source.monotonicMs() - sent;
    if (roundTrip < best.roundTrip) best = { roundTrip, offset: Number(micros) / 1_000 - (sent + roundTrip / 2) };
  }
  return best.offset;
}

const CLOCK_SQL = 'select (extract(epoch from clock_timestamp()) * 1000000)::int8 as micros';

function clockOf(pool: Pool): ClockSource {
  return {
    monotonicMs: () => performance.now(),
    databaseMicros: async () => {
      const result = await pool.query<{ micros: bigint }>({ name: 'database-clock', text: CLOCK_SQL });
      return result.rows[0]?.micros ?? 0n;
    },
  };
}
