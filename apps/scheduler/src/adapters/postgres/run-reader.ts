import { query } from '@maestro/postgres';
import type { RunKey } from '@maestro/domain';
import type { PreviousStep, RunHeader, TimelineEntry } from '@maestro/engine';
import { pageOf } from '@maestro/service';
import type { Pool } from 'pg';
import type { FoundRun, RunPicture, RunReader, RunReference, RunSketch, RunSummary } from '../../ports/run-reader.js';
import { instanceNotFound } from '../../queries/instance-not-found.js';
import { present } from './columns.js';
import { readCountsBelow } from './counts-below.js';
import { findIteration, findRun, foundRunOf, isIteration, rangeOf, readRange } from './find-run.js';
import { countRuns, listKey, selectRuns } from './list-runs.js';
import { findRequest, instanceRunOf } from './instance-run.js';
import { notableLeafOf, readNotableLeaves } from './notable-leaves.js';
import { pointersOf, readTaken, takenOf } from './restart.js';
import { headerOf, readRuns, type RunRow } from './run.js';
import { countNonterminal, latestInstance } from './run-counts.js';
import { readAttempt, readAttempts, readNewestTimeline } from './run-rows.js';
import { readSomeSteps, readSomeTimeline, sketchRun, sketchSteps, timelineMarks } from './run-sketch.js';
import { stepOf } from './step.js';
import { timelineEventOf, type TimelineRow } from './timeline.js';
import { queueRowOf, readQueueById } from './workflow-queue.js';

/** MAX_TIMELINE bounds an answer; a run of 300 steps with a few retries each stays far below it. */
const MAX_TIMELINE = 10_000;

/** postgresRunReader reads runs on a pool of its own. */
export function postgresRunReader(pool: Pool): RunReader {
  return {
    find: (reference) => find(pool, reference),
    read: async (reference) => {
      const { runKey } = await find(pool, reference);
      return (await readPicture(pool, runKey)) ?? (await refuse(pool, reference));
    },
    attempt: async ({ runKey, ordinal, attempt }) => {
      const [runs, steps] = await query(pool, [readRuns([runKey]), readAttempt({ runKey, ordinal, attempt })]);
      const [[run], [step]] = [runs.rows, steps.rows];
      return run === undefined || step === undefined ? undefined : { header: headerOf(run), step: stepOf(step) };
    },
    request: async (workflowKey, requestId) => {
      const [{ rows }] = await query(pool, [findRequest(workflowKey, requestId)]);
      return rows[0] === undefined ? undefined : instanceRunOf(rows[0]);
    },
    sketch: (runKey) => readSketch(pool, runKey),
    details: async (runKey, ordinals) => {
      const [steps, timeline] = await query(pool, [
        readSomeSteps(runKey, ordinals),
        readSomeTimeline(runKey, ordinals, MAX_TIMELINE),
      ]);
      return { attempts: steps.rows.map(stepOf), timeline: timeline.rows.map(entryOf).reverse() };
    },
    countsBelow: (runKey, underWay) => readCountsBelow(pool, runKey, underWay),
    notableLeaves: async (runKey, limit) => {
      const [{ rows }] = await query(pool, [readNotableLeaves(runKey, limit)]);
      return rows.map(notableLeafOf);
    },
    list: async (filter, ask) => {
      const [found, counted] = await query(pool, [selectRuns(filter, ask), countRuns(filter)]);
      const totalCount = counted.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: listKey(filter), item: summaryOf, totalCount });
    },
    queue: async (workflowId) => {
      const [{ rows }] = await query(pool, [readQueueById(workflowId)]);
      return rows[0] === undefined ? undefined : queueRowOf(rows[0]);
    },
    counts: async (workflowKey) => {
      const [nonterminal, latest] = await query(pool, [countNonterminal(workflowKey), latestInstance(workflowKey)]);
      return { nonterminal: nonterminal.rows, latestInstanceId: latest.rows[0]?.latest ?? 0n };
    },
  };
}

async function find(pool: Pool, reference: RunReference): Promise<FoundRun> {
  const [{ rows }] = await query(pool, [isIteration(reference) ? findIteration(reference) : findRun(reference)]);
  return rows[0] === undefined ? refuse(pool, reference) : foundRunOf(reference, rows[0]);
}

async function refuse(pool: Pool, reference: RunReference): Promise<never> {
  const [{ rows }] = await query(pool, [readRange(reference)]);
  throw instanceNotFound(reference, rangeOf(rows[0]));
}

async function readPicture(pool: Pool, runKey: RunKey): Promise<RunPicture | undefined> {
  const [runs, attempts, timeline] = await query(pool, [
    readRuns([runKey]),
    readAttempts(runKey),
    readNewestTimeline(runKey, MAX_TIMELINE),
  ]);
  const [row] = runs.rows;
  if (row === undefined) return undefined;
  const summary = summaryOf(row);
  const earlier = await readEarlier(pool, summary.header);
  const timelineOf = timeline.rows.map(entryOf).reverse();
  return { ...summary, attempts: attempts.rows.map(stepOf), timeline: timelineOf, earlier };
}

/** What earlier runs left to a restarted one. */
async function readEarlier(pool: Pool, header: RunHeader): Promise<readonly PreviousStep[]> {
  const pointers = pointersOf(header);
  if (pointers.length === 0) return [];
  const [{ rows }] = await query(pool, [readTaken(pointers)]);
  return takenOf(header, rows);
}

async function readSketch(pool: Pool, runKey: RunKey): Promise<RunSketch | undefined> {
  const [runs, steps, marks] = await query(pool, [sketchRun(runKey), sketchSteps(runKey), timelineMarks(runKey)]);
  const [row] = runs.rows;
  if (row === undefined) return undefined;
  const summary = summaryOf(row);
  const told = new Map(marks.rows.map(({ ordinal, last }) => [ordinal, last]));
  const revisions = steps.rows.map(({ ordinal, attempt, written }): [number, string] => [
    ordinal,
    `${attempt}.${written}.${told.get(ordinal)}`,
  ]);
  return {
    run: {
      ...summary,
      attempts: steps.rows.map(stepOf),
      timeline: [],
      earlier: await readEarlier(pool, summary.header),
    },
    revisions: new Map(revisions),
  };
}

function summaryOf(row: RunRow): RunSummary {
  return {
    header: headerOf(row),
    ver: row.ver,
    modifyTime: Number(row.modify_time),
    parkedReason: row.parked_reason ?? undefined,
    admitted: row.admitted,
    blocking: row.blocking,
  };
}

function entryOf(row: TimelineRow): TimelineEntry {
  return present({
    ordinal: row.ordinal ?? undefined,
    attempt: row.attempt ?? undefined,
    event: timelineEventOf(row),
  });
}
