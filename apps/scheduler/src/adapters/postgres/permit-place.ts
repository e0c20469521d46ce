import type { RunKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { PermitPlace } from '../../ports/wait-reader.js';

interface PermitPlaceRow {
  readonly ordinal: number;
  readonly attempt: number;
  readonly tag: string;
  readonly max_allowed: number | null;
  readonly held: number;
  readonly ahead: bigint;
  readonly holders: readonly string[];
}

/** The permits that attempts of a run wait for, of the first that asked; each with its place in line and the oldest holders. */
export function readPermitPlaces(runKey: RunKey): Statement<PermitPlaceRow> {
  return {
    name: 'permit-places-of-run',
    text: `select p.ordinal, p.attempt, p.tag, t.max_allowed, t.held,
             (select count(*) from permit o where o.tenant = p.tenant and o.tag = p.tag and not o.granted
                and (o.priority, o.seq) < (p.priority, p.seq)) as ahead,
             array(select r.workflow_id || '/' || r.instance_id || '/' || h.step_id from permit h join run r on r.run_key = h.run_key
                   where h.tenant = p.tenant and h.tag = p.tag and h.granted order by h.seq limit 3) as holders
           from permit p join permit_tag t on t.tenant = p.tenant and t.name = p.tag
           where p.run_key = $1 and not p.granted order by p.seq, p.tag limit 100`,
    values: [runKey],
  };
}

export function permitPlaceOf(row: PermitPlaceRow): PermitPlace {
  const { ordinal, attempt, tag, max_allowed: limit, held, ahead, holders } = row;
  return { ordinal, attempt, tag, limit: limit ?? undefined, held, ahead, holders };
}
