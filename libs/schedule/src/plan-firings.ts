import type { Millis, TimeTrigger } from '@maestro/domain';
import type { Schedule } from './compile-schedule.js';

/** CatchUp says which of the missed firings still start. */
export type CatchUp = Pick<TimeTrigger, 'catchUp' | 'maxCatchUp'>;

/** FiringRequest asks what is to start now. */
export interface FiringRequest {
  readonly schedule: Schedule;
  readonly catchUp: CatchUp;
  /** Nominal time of the last firing that is done with. */
  readonly watermark: Millis;
  readonly now: Millis;
  /** Delay of every firing of this trigger. */
  readonly jitterMs: number;
  /** Most starts of one plan. */
  readonly limit: number;
}

/** FiringPlan is what starts now, and from where the next plan goes on. */
export interface FiringPlan {
  /** Nominal times, oldest first. */
  readonly firings: readonly Millis[];
  /** How many are missed and do not start. */
  readonly skipped: number;
  readonly watermark: Millis;
  /** Nominal time of the next firing; undefined: there is none, or `more`. */
  readonly next: Millis | undefined;
  /** More is due already: plan again with the new watermark. */
  readonly more: boolean;
}

/** A firing that is later than this was missed: by less a restart of the scheduler may delay it. */
export const MISSED_MS = 60_000;
/** Most nominal times of one plan, which bounds how long it takes. */
const SCAN = 500;

/** planFirings decides what of a trigger starts now. Jitter delays firings and loses none: the watermark is nominal. */
export function planFirings(request: FiringRequest): FiringPlan {
  const { due, next } = scan(request);
  const full = due.length >= SCAN;
  const { missed, fresh } = split(request, due);
  // Whether more missed ones come: those that are fresh come after them.
  const open = full && fresh.length === 0;
  const kept = [...keptOf(request.catchUp, missed, fresh, open), ...fresh];
  const firings = kept.slice(0, request.limit);
  const cut = kept.length > firings.length;
  return {
    firings,
    skipped: due.length - kept.length - heldBack(request.catchUp, missed, open),
    watermark: watermarkOf(request, { due, firings, cut, open, missed }),
    next: cut || full ? undefined : next,
    more: cut || full,
  };
}

function scan({ schedule, watermark, now, jitterMs }: FiringRequest): { due: Millis[]; next: Millis | undefined } {
  const due: Millis[] = [];
  let next = schedule.after(watermark);
  while (next !== undefined && next + jitterMs <= now && due.length < SCAN) {
    due.push(next);
    next = schedule.after(next);
  }
  return { due, next };
}

function split({ now, jitterMs }: FiringRequest, due: readonly Millis[]): { missed: Millis[]; fresh: Millis[] } {
  const isMissed = (at: Millis): boolean => at + jitterMs < now - MISSED_MS;
  return { missed: due.filter(isMissed), fresh: due.filter((at) => !isMissed(at)) };
}

/** What is kept of the missed ones; while more of them come (`open`), the newest are not known yet. */
function keptOf({ catchUp = 'ALL', maxCatchUp }: CatchUp, missed: Millis[], fresh: Millis[], open: boolean): Millis[] {
  if (catchUp === 'NONE') return [];
  if (catchUp === 'LATEST') return open || fresh.length > 0 ? [] : missed.slice(-1);
  if (maxCatchUp === undefined) return missed;
  return open || maxCatchUp === 0 ? [] : missed.slice(-maxCatchUp);
}

/** How many of a scan are looked at again, because they may be among the newest. */
function heldBack({ catchUp = 'ALL', maxCatchUp }: CatchUp, missed: readonly Millis[], open: boolean): number {
  if (!open || catchUp === 'NONE') return 0;
  const wanted = catchUp === 'LATEST' ? 1 : (maxCatchUp ?? 0);
  // Half of a scan at least is done with, so that every plan gets on.
  return Math.min(wanted, missed.length, SCAN / 2);
}

interface Planned {
  readonly due: readonly Millis[];
  readonly firings: readonly Millis[];
  readonly cut: boolean;
  readonly open: boolean;
  readonly missed: readonly Millis[];
}

function watermarkOf({ watermark, catchUp }: FiringRequest, { due, firings, cut, open, missed }: Planned): Millis {
  if (cut) return firings.at(-1) ?? watermark;
  return due.at(-1 - heldBack(catchUp, missed, open)) ?? watermark;
}
