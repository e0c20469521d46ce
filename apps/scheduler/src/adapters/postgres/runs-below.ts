import type { AttemptKey, Param } from '@maestro/domain';
import { queryOne, type Statement } from '@maestro/postgres';
import { decodeParams } from '@maestro/wire';
import type { Pool } from 'pg';
import type { RunsBelowReader } from '../../ports/runs-below.js';
import { TEMPLATE_REVISION } from './find-run.js';

/** postgresRunsBelow reads what runs below a step left behind. */
export function postgresRunsBelow(pool: Pool): RunsBelowReader {
  return {
    ofIterations: async (workflowId, ordinal, name) => {
      const found = await queryOne(pool, readOfIterations(workflowId, ordinal, name));
      return new Map(found.flatMap((row) => entryOf(row)));
    },
    ofChild: async (parent, ordinal, name) => {
      const [row] = await queryOne(pool, readOfChild(parent, ordinal, name));
      return row === undefined ? undefined : entryOf(row)[0]?.[1];
    },
    versionOfChild: async (parent) => {
      const [row] = await queryOne(pool, readVersionOfChild(parent));
      if (row === undefined) return undefined;
      const { workflow_key: workflowKey, version, template_revision: revision } = row;
      return { workflowKey, version, templateRevision: revision === null ? undefined : Number(revision) };
    },
  };
}

interface ParamRow {
  readonly instance_id: bigint;
  readonly param: string | null;
}

/** Iterations are numbered from 1, their indexes from 0. */
function entryOf({ instance_id, param }: ParamRow): [number, Param][] {
  const value = param === null ? undefined : decodeParams(Buffer.from(`{"p":${param}}`))['p'];
  return value === undefined ? [] : [[Number(instance_id) - 1, value]];
}

/** A run that was restarted has no rows of the steps that earlier runs have done: the latest run that has one counts. */
const LATEST_ATTEMPT = `lateral (select s.params -> $3 as param from step s
  where s.run_key = r.run_key and s.ordinal = $2 order by s.attempt desc limit 1) s`;

function readOfIterations(workflowId: string, ordinal: number, name: string): Statement<ParamRow> {
  return {
    name: 'step-param-of-iterations',
    text: `select distinct on (r.instance_id) r.instance_id, s.param
           from run r join ${LATEST_ATTEMPT} on true
           where r.workflow_id = $1 and r.body is not null order by r.instance_id, r.run_id desc`,
    values: [workflowId, ordinal, name],
  };
}

function readOfChild({ runKey, ordinal, attempt }: AttemptKey, stepOrdinal: number, name: string): Statement<ParamRow> {
  return {
    name: 'step-param-of-child',
    text: `select r.instance_id, s.param from run p
           join instance_run i on i.workflow_key = p.workflow_key and i.instance_id = p.instance_id and i.run_id <= p.run_id
           join run r on r.run_key = i.run_key
           join ${LATEST_ATTEMPT} on true
           where p.parent_run_key = $1 and p.parent_ordinal = $4 and p.parent_attempt = $5
           order by p.run_id desc, r.run_id desc limit 1`,
    values: [runKey, stepOrdinal, name, ordinal, attempt],
  };
}

function readVersionOfChild({ runKey, ordinal, attempt }: AttemptKey): Statement<{
  readonly workflow_key: bigint;
  readonly version: bigint;
  readonly template_revision: bigint | null;
}> {
  return {
    name: 'run-version-of-child',
    text: `select workflow_key, version, ${TEMPLATE_REVISION} from run r
           where parent_run_key = $1 and parent_ordinal = $2 and parent_attempt = $3 order by run_id desc limit 1`,
    values: [runKey, ordinal, attempt],
  };
}
