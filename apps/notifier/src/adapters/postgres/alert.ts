import type { Alert, Resolution, Route } from '@maestro/alerting';
import { ALERT_TYPES, type AlertType, type JsonObject, type Millis } from '@maestro/domain';
import { isNotice } from '@maestro/alerting';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { AddressedAlert, AlertState, StoredAlert } from '../../ports/alerts.js';
import { subjectOf, valuesOf, WITHIN, type SubjectRow } from './subject-row.js';

/** AlertRow is an alert in columns. */
export interface AlertRow extends SubjectRow {
  readonly alert_key: bigint;
  readonly dedupe_key: string;
  readonly incident: string;
  readonly type: AlertType;
  readonly tenant: string;
  readonly summary: string;
  readonly details: string;
  readonly route: string;
  readonly problems: string;
  readonly state: AlertState;
  readonly digest_key: string | null;
  readonly told: boolean;
  readonly told_incident: string | null;
  readonly create_time: bigint;
  readonly acknowledge_time: bigint | null;
  readonly acknowledged_by: string | null;
  readonly resolve_time: bigint | null;
}

export const ALERT_COLUMNS = `alert_key, dedupe_key, incident, type, tenant, workflow_id, instance_id, run_id, step_id, summary,
  details, route, problems, state, digest_key, told, told_incident, create_time, acknowledge_time, acknowledged_by, resolve_time`;

/** insertAlert answers the row, or none when it is known already, or when a step of the run was told of and that is enough. */
export function insertAlert(
  { alert, route, problems, digestKey }: AddressedAlert,
  tellTime: Millis,
): Statement<AlertRow> {
  const { key, incident, type, tenant, subject, time, summary, details, unlessStepTold = false } = alert;
  const atOnce = digestKey === undefined;
  return {
    name: 'insert-alert',
    text: `insert into alert (workflow_id, instance_id, run_id, step_id, dedupe_key, incident, type, tenant, summary, details,
        route, problems, state, digest_key, tell_time, told, told_incident, create_time, resolve_time)
      select $1, $2::int8, $3::int8, $4, $5, $6, $7, $8, $9, $10::json, $11::json, $12::json, $13, $14, $15::int8, $16, $17,
        $18::int8, $19::int8
      where not $20 or not exists (
        select from alert a where a.workflow_id = $1 and a.instance_id = $2 and a.run_id = $3 and a.type = $7
          and a.step_id is not null)
      on conflict (dedupe_key) do nothing returning ${ALERT_COLUMNS}`,
    values: [
      ...valuesOf(subject),
      key,
      incident,
      type,
      tenant,
      summary.replaceAll('\0', ''),
      exactJsonText([...details]),
      exactJsonText(route as unknown as JsonObject),
      exactJsonText([...problems]),
      isNotice(type) ? 'RESOLVED' : 'OPEN',
      digestKey ?? null,
      atOnce ? null : tellTime,
      atOnce,
      atOnce ? incident : null,
      time,
      isNotice(type) ? time : null,
      unlessStepTold,
    ],
  };
}

/** flushDigests lets digests be told now. */
export function flushDigests(keys: readonly string[], now: Millis): Statement {
  return {
    name: 'flush-digests',
    text: 'update alert set tell_time = least(tell_time, $2) where not told and digest_key = any ($1::text[])',
    values: [keys, now],
  };
}

/** takeDigest locks the alerts of the digest that is due next; what is resolved meanwhile is told nobody. */
export function takeDigest(now: Millis): Statement<AlertRow> {
  return {
    name: 'take-digest',
    text: `with due as (
        select digest_key from alert where not told and tell_time <= $1 order by tell_time limit 1 for update skip locked
      )
      select ${ALERT_COLUMNS} from alert where not told and digest_key = (select digest_key from due)
      order by alert_key for update`,
    values: [now],
  };
}

export function markTold(keys: readonly bigint[], incident: string): Statement {
  return {
    name: 'mark-alerts-told',
    text: 'update alert set told = true, told_incident = $2 where alert_key = any ($1::int8[])',
    values: [keys, incident],
  };
}

/** resolveAlerts answers those that were open and told, where no other of the same incident is open. */
export function resolveAlerts({ subject, types }: Resolution, now: Millis): Statement<AlertRow> {
  return {
    name: 'resolve-alerts',
    text: `with resolved as (
        update alert set state = 'RESOLVED', resolve_time = $6
        where ${WITHIN} and type = any ($5::text[]) and state <> 'RESOLVED' returning ${ALERT_COLUMNS}
      )
      select distinct on (r.told_incident) r.* from resolved r
      where r.told and not exists (
        select from alert a where a.told_incident = r.told_incident and a.state <> 'RESOLVED'
          and not exists (select from resolved s where s.alert_key = a.alert_key))`,
    values: [...valuesOf(subject), types, now],
  };
}

export function acknowledgeAlert(key: bigint, by: string, now: Millis): Statement<AlertRow> {
  return {
    name: 'acknowledge-alert',
    text: `update alert set state = case state when 'OPEN' then 'ACKNOWLEDGED' else state end,
        acknowledge_time = coalesce(acknowledge_time, $3), acknowledged_by = coalesce(acknowledged_by, $2)
      where alert_key = $1 returning ${ALERT_COLUMNS}`,
    values: [key, by, now],
  };
}

export function selectAlert(key: bigint): Statement<AlertRow> {
  return { name: 'select-alert', text: `select ${ALERT_COLUMNS} from alert where alert_key = $1`, values: [key] };
}

/** selectResolved leaves notices out: they are resolved from the beginning. */
export function selectResolved(incident: string): Statement<{ readonly resolved: boolean | null }> {
  return {
    name: 'select-resolved',
    text: `select bool_and(state = 'RESOLVED') as resolved from alert where told_incident = $1 and type <> all ($2::text[])`,
    values: [incident, ALERT_TYPES.filter(isNotice)],
  };
}

export function selectKnown(keys: readonly string[]): Statement<{ readonly dedupe_key: string }> {
  return {
    name: 'select-known-alerts',
    text: 'select dedupe_key from alert where dedupe_key = any ($1::text[])',
    values: [keys],
  };
}

/** selectNextLook is when the next watch or digest is due. */
export function selectNextLook(): Statement<{ readonly next: bigint | null }> {
  return {
    name: 'select-next-look',
    text: `select least((select min(due) from watch), (select min(tell_time) from alert where not told)) as next`,
  };
}

/** deleteOldAlerts removes some that are resolved and older. */
export function deleteOldAlerts(before: Millis, limit: number): Statement {
  return {
    name: 'delete-old-alerts',
    text: `delete from alert where alert_key = any (array(
        select alert_key from alert where create_time < $1 and state = 'RESOLVED' order by create_time limit $2
      ))`,
    values: [before, limit],
  };
}

/** alertOf is the alert as its own receivers, or those of its digest, were told of it. */
export function alertOf(row: AlertRow): Alert {
  return {
    key: row.dedupe_key,
    incident: row.told_incident ?? row.incident,
    type: row.type,
    tenant: row.tenant,
    subject: subjectOf(row),
    time: Number(row.create_time),
    summary: row.summary,
    details: parseExactJson(row.details) as readonly string[],
  };
}

export function routeOf(row: AlertRow): Route {
  return parseExactJson(row.route) as unknown as Route;
}

export function storedAlertOf(row: AlertRow): StoredAlert {
  const time = (value: bigint | null, name: string) => (value === null ? {} : { [name]: Number(value) });
  return {
    key: row.alert_key,
    alert: alertOf(row),
    route: routeOf(row),
    problems: parseExactJson(row.problems) as readonly string[],
    state: row.state,
    told: row.told,
    ...(row.digest_key === null ? {} : { digestKey: row.digest_key }),
    ...(row.acknowledged_by === null ? {} : { acknowledgedBy: row.acknowledged_by }),
    ...time(row.acknowledge_time, 'acknowledgeTime'),
    ...time(row.resolve_time, 'resolveTime'),
  };
}
