import type { Millis, WorkerType } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { decodeParamDefinitions, encodeParamDefinitions } from '@maestro/wire';
import type { RegisteredType } from '../../ports/step-type-store.js';

/** StepTypeRow is a row of `step_type`. */
export interface StepTypeRow {
  readonly name: string;
  readonly version: string;
  readonly tenant: string;
  readonly doc: string;
  readonly params: string;
  readonly outputs: string[];
  readonly create_time: bigint;
  readonly last_seen: bigint;
}

const COLUMNS = 'name, version, tenant, doc, params::text as params, outputs, create_time, last_seen';

/** The first one to come defines a version; whoever comes later only shows that it is there. */
export function upsertStepType({ name, version, tenant, doc, params, outputs }: WorkerType, now: Millis): Statement {
  return {
    name: 'upsert-step-type',
    text: `insert into step_type (key, version, name, tenant, doc, params, outputs, create_time, last_seen)
      values (lower($1), $2, $1, $3, $4, $5, $6, $7, $7)
      on conflict (key, version) do update set last_seen = greatest(step_type.last_seen, excluded.last_seen)`,
    values: [name, version, tenant, doc, Buffer.from(encodeParamDefinitions(params)).toString('utf8'), outputs, now],
  };
}

export function selectStepTypes(names: readonly string[]): Statement<StepTypeRow> {
  return {
    name: 'select-step-types',
    text: `select ${COLUMNS} from step_type where key = any($1)`,
    values: [names.map((name) => name.toLowerCase())],
  };
}

export function selectAllStepTypes(limit: number): Statement<StepTypeRow> {
  return {
    name: 'select-all-step-types',
    text: `select ${COLUMNS} from step_type order by last_seen desc, key, version limit $1`,
    values: [limit],
  };
}

export function registeredType(row: StepTypeRow): RegisteredType {
  const { name, version, tenant, doc, outputs } = row;
  const params = decodeParamDefinitions(Buffer.from(row.params, 'utf8'));
  return {
    type: { name, version, tenant, doc, outputs, params },
    createTime: Number(row.create_time),
    lastSeen: Number(row.last_seen),
  };
}
