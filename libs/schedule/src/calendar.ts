import type { Millis, TimeTrigger } from '@maestro/domain';
import { blackoutOf, type Blackout } from './blackout.js';
import { momentOf } from './local-time.js';
import type { Recurrence } from './recurrence.js';
import { ScheduleError } from './schedule-error.js';

/** Withheld says what keeps a time from firing that the cron expression or the interval gives. */
export interface Withheld {
  readonly field: 'start_date' | 'end_date' | 'blackouts';
  /** As the definition writes it. */
  readonly entry: string;
}

interface Closed extends Withheld {
  /** Until when; undefined: for ever. */
  readonly until: Millis | undefined;
}

/** Calendar is what the dates and blackouts of a trigger leave of time. */
export interface Calendar {
  /** undefined where it is open. */
  withheld(at: Millis): Withheld | undefined;
  /** Only the times of a recurrence that are open. */
  open(bare: Recurrence): Recurrence;
}

/** More would be a calendar without an open day. */
const MOST_CLOSED_IN_A_ROW = 5_000;

/** calendarOf reads the dates and blackouts of a trigger. Throws a ScheduleError. */
export function calendarOf({ startDate, endDate, blackouts = [] }: TimeTrigger, timezone: string): Calendar {
  const from = startDate === undefined ? undefined : momentOf(startDate, timezone, 'start_date').from;
  const until = endDate === undefined ? undefined : momentOf(endDate, timezone, 'end_date').until;
  if (from !== undefined && until !== undefined && until <= from) {
    throw new ScheduleError('end_date', `"${endDate}" is not after start_date "${startDate}"`);
  }
  const entries = blackouts.map((entry) => ({ entry, ends: blackoutOf(entry, timezone) }));
  const closed = (at: Millis): Closed | undefined => {
    if (until !== undefined && at >= until) return { field: 'end_date', entry: endDate ?? '', until: undefined };
    if (from !== undefined && at < from) return { field: 'start_date', entry: startDate ?? '', until: from };
    return longest(entries, at);
  };
  return { withheld: closed, open: (bare) => openTimes(bare, closed) };
}

interface Entry {
  readonly entry: string;
  readonly ends: Blackout;
}

/** Of several blackouts the one that ends last. */
function longest(entries: readonly Entry[], at: Millis): Closed | undefined {
  let found: (Closed & { readonly until: Millis }) | undefined;
  for (const { entry, ends } of entries) {
    const until = ends(at);
    if (until !== undefined && until > (found?.until ?? 0)) found = { field: 'blackouts', entry, until };
  }
  return found;
}

function openTimes(bare: Recurrence, closed: (at: Millis) => Closed | undefined): Recurrence {
  return {
    after: (at) => {
      let next = bare.after(at);
      for (let round = 0; round < MOST_CLOSED_IN_A_ROW && next !== undefined; round += 1) {
        const held = closed(next);
        if (held === undefined) return next;
        next = held.until === undefined ? undefined : bare.after(held.until - 1);
      }
      return undefined;
    },
  };
}
