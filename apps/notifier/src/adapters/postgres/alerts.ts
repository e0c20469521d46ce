import { acknowledgeMessages, digestOf, joinRoutes, messagesOf, resolveMessages, type Alert } from '@maestro/alerting';
import type { Millis } from '@maestro/domain';
import { pipeline, query, queryOne, transaction, type Statement } from '@maestro/postgres';
import { pageOf } from '@maestro/service';
import type { Pool, PoolClient } from 'pg';
import type { AlertEffects, Alerts } from '../../ports/alerts.js';
import type { Clock } from '../../ports/clock.js';
import type { NewDelivery } from '../../ports/delivery.js';
import {
  acknowledgeAlert,
  alertOf,
  deleteOldAlerts,
  flushDigests,
  insertAlert,
  markTold,
  resolveAlerts,
  routeOf,
  selectAlert,
  selectKnown,
  selectNextLook,
  selectResolved,
  storedAlertOf,
  takeDigest,
  type AlertRow,
} from './alert.js';
import { countAlerts, selectAlerts } from './alert-search.js';
import { insertDeliveries } from './delivery.js';
import { deleteDurations, insertDurations, selectDurations, trimDurations } from './duration.js';
import { deleteWatch, deleteWatches, insertWatch, moveWatch, selectWatch, takeDueWatches, watchOf } from './watch.js';

export interface AlertsOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** How long failures of one run are gathered. */
  readonly digestMs: Millis;
  /** Where people look at runs. */
  readonly baseUrl?: string;
}

/** Longer than any look takes. */
const LEASE_MS = 60_000;
const OLD_BATCH = 1_000;

/** postgresAlerts writes what was found and what is to be sent of it in one transaction. */
export function postgresAlerts(options: AlertsOptions): Alerts {
  const { pool, clock } = options;
  return {
    apply: (effects) =>
      transaction(pool, async (client) => {
        await applyAll(client, effects, options);
        return standing(client, effects);
      }),
    tellDue: async () => {
      let told = 0;
      while (await transaction(pool, (client) => tellNext(client, options))) told += 1;
      return told;
    },
    takeWatches: async (limit) => {
      const now = clock.now();
      return (await queryOne(pool, takeDueWatches(limit, now, now + LEASE_MS))).map(watchOf);
    },
    finishWatch: (watch, effects, next) =>
      transaction(pool, async (client) => {
        await pipeline(client, [next === undefined ? deleteWatch(watch) : moveWatch(watch, next)]);
        await applyAll(client, [effects], options);
      }),
    nextDue: async () => numberOf((await queryOne(pool, selectNextLook()))[0]?.next),
    findWatch: async (key) => (await queryOne(pool, selectWatch(key))).map(watchOf)[0],
    durations: async (workflowId, stepId) =>
      (await queryOne(pool, selectDurations(workflowId, stepId))).map((row) => Number(row.duration_ms)),
    list: async (filter, ask) => {
      const [found, count] = await query(pool, [selectAlerts(filter, ask), countAlerts(filter)]);
      const totalCount = count.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.alert_key, item: storedAlertOf, totalCount });
    },
    find: async (key) => (await queryOne(pool, selectAlert(key))).map(storedAlertOf)[0],
    acknowledge: (key, by) => transaction(pool, (client) => acknowledgeIn(client, key, by, clock.now())),
    isResolved: async (incident) => (await queryOne(pool, selectResolved(incident)))[0]?.resolved === true,
    forget: async (workflowId) => {
      const resolved = { subject: { workflowId }, types: [...ENDED_WITH_WORKFLOW] };
      await transaction(pool, async (client) => {
        await pipeline(client, [deleteWatches({ workflowId }), deleteDurations(workflowId)]);
        await applyAll(client, [{ resolved: [resolved] }], options);
      });
    },
    deleteOld: async (before) => {
      const [{ rowCount }] = await query(pool, [deleteOldAlerts(before, OLD_BATCH)]);
      return rowCount === OLD_BATCH;
    },
  };
}

const ENDED_WITH_WORKFLOW = [
  'STEP_FAILURE',
  'TCT_VIOLATION',
  'LONG_RUNNING',
  'DEPENDENCY_LATE',
  'BREAKPOINT_HIT',
  'SUCCESS_WITHIN',
] as const;

/** Whatever came of many events is written in their order in three round trips. */
async function applyAll(client: PoolClient, effects: readonly AlertEffects[], options: AlertsOptions): Promise<void> {
  const now = options.clock.now();
  await pipeline(client, effects.flatMap(keepingStatements));
  const tellings = effects.flatMap((each) => tellingsOf(each, now, options));
  const results = await pipeline(
    client,
    tellings.map(({ statement }) => statement),
  );
  const messages = results.flatMap(({ rows }, index) => rows.flatMap((row) => tellings[index]?.tell(row) ?? []));
  await send(client, messages, now);
  const flushed = effects.flatMap(({ flush = [] }) => flush);
  if (flushed.length > 0) await pipeline(client, [flushDigests(flushed, now)]);
}

/** What is remembered for later, of which nobody is told now. */
function keepingStatements({ close = [], open = [], durations = [] }: AlertEffects): readonly Statement[] {
  return [
    ...close.map(({ subject, type }) => deleteWatches(subject, type)),
    ...open.map(insertWatch),
    ...(durations.length === 0 ? [] : [insertDurations(durations)]),
    ...[...new Set(durations.map(({ workflowId }) => workflowId))].map(trimDurations),
  ];
}

/** Telling is a statement, and what is sent of each of its rows. */
interface Telling {
  readonly statement: Statement<AlertRow>;
  readonly tell: (row: AlertRow) => readonly NewDelivery[];
}

function tellingsOf({ alerts = [], resolved = [] }: AlertEffects, now: Millis, options: AlertsOptions): Telling[] {
  return [
    ...alerts.map((alert) => ({
      statement: insertAlert(alert, now + options.digestMs),
      tell: (row: AlertRow) => (row.told ? messagesOf(alertOf(row), routeOf(row), options) : []),
    })),
    ...resolved.map((each) => ({
      statement: resolveAlerts(each, now),
      tell: (row: AlertRow) => resolveMessages(alertOf(row), routeOf(row)),
    })),
  ];
}

/** An alert may be refused for one that says more. */
async function standing(client: PoolClient, effects: readonly AlertEffects[]): Promise<readonly Alert[]> {
  const found = effects.flatMap(({ alerts = [] }) => alerts.map(({ alert }) => alert));
  if (found.length === 0) return [];
  const [{ rows }] = await pipeline(client, [selectKnown(found.map(({ key }) => key))]);
  const known = new Set(rows.map((row) => row.dedupe_key));
  return found.filter(({ key }) => known.has(key));
}

/** tellNext tells of one digest that is due; false = there is none. */
async function tellNext(client: PoolClient, options: AlertsOptions): Promise<boolean> {
  const now = options.clock.now();
  const [{ rows }] = await pipeline(client, [takeDigest(now)]);
  if (rows.length === 0) return false;
  const [first, ...others] = rows.filter((row) => row.state !== 'RESOLVED');
  const keys = rows.map((row) => row.alert_key);
  if (first === undefined) {
    await pipeline(client, [markTold(keys, '')]);
    return true;
  }
  const digest = digestOf([alertOf(first), ...others.map(alertOf)]);
  // What fails later in the same run is another message.
  const alert: Alert = { ...digest, key: others.length === 0 ? digest.key : `${digest.key}#${first.alert_key}` };
  await pipeline(client, [markTold(keys, digest.incident)]);
  await send(client, messagesOf(alert, joinRoutes([first, ...others].map(routeOf)), options), now);
  return true;
}

async function acknowledgeIn(client: PoolClient, key: bigint, by: string, now: Millis) {
  const [{ rows }] = await pipeline(client, [acknowledgeAlert(key, by, now)]);
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.told && row.state === 'ACKNOWLEDGED')
    await send(client, acknowledgeMessages(alertOf(row), routeOf(row)), now);
  return storedAlertOf(row);
}

async function send(client: PoolClient, messages: readonly NewDelivery[], now: Millis): Promise<void> {
  if (messages.length > 0) await pipeline(client, [insertDeliveries(messages, now)]);
}

function numberOf(value: bigint | null | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
