import type { Statement } from '@maestro/postgres';
import type { LimitedTag } from '../../permits/limited-tags.js';

/** How often limits have changed. */
export const readPermitRevision: Statement<{ revision: string }> = {
  name: 'permit-revision',
  text: `select value as revision from setting where name = 'permit_revision'`,
};

interface LimitRow {
  readonly tenant: string;
  readonly name: string;
  readonly max_allowed: number | null;
  readonly kind: 'TAG' | 'WORKFLOW';
}

/** Limits that people or workflows have set; one that was taken away still holds who waits for it. */
export const readLimits: Statement<LimitRow> = {
  name: 'permit-tag-limits',
  text: `select tenant, name, max_allowed, kind from permit_tag where kind <> 'INSTANCE' and max_allowed is not null`,
};

/** Raise the revision, so that replicas read the limits again. */
export const raisePermitRevision: Statement = {
  name: 'permit-revision-raise',
  text: `update setting set value = (value::bigint + 1)::text where name = 'permit_revision'`,
};

/** Set the limit of a tag for people, and what they give with it as exact JSON. */
export function setLimit({ tenant, name, limit }: LimitedTag, at: number, extra: string): Statement {
  if (limit === undefined) {
    return {
      name: 'permit-tag-unlimit',
      text: `update permit_tag set max_allowed = null, modify_time = $3 where tenant = $1 and name = $2`,
      values: [tenant, name, at],
    };
  }
  return {
    name: 'permit-tag-limit',
    text: `insert into permit_tag (tenant, name, kind, max_allowed, modify_time, extra) values ($1, $2, 'TAG', $3, $4, $5)
           on conflict (tenant, name) do update
             set kind = 'TAG', max_allowed = excluded.max_allowed, modify_time = excluded.modify_time, extra = excluded.extra`,
    values: [tenant, name, limit, at, extra],
  };
}

/** Set the limit that a workflow has for its own steps, as of a position of definition's feed; one that people have set stays. */
export function setStepConcurrency({ tenant, name, limit }: LimitedTag, revision: bigint, at: number): Statement {
  if (limit === undefined) {
    return {
      name: 'permit-tag-workflow-unlimit',
      text: `update permit_tag set max_allowed = null, revision = $3, modify_time = $4
             where tenant = $1 and name = $2 and kind = 'WORKFLOW' and revision <= $3`,
      values: [tenant, name, revision, at],
    };
  }
  return {
    name: 'permit-tag-workflow-limit',
    text: `insert into permit_tag (tenant, name, kind, max_allowed, revision, modify_time) values ($1, $2, 'WORKFLOW', $3, $4, $5)
           on conflict (tenant, name) do update set kind = 'WORKFLOW', max_allowed = excluded.max_allowed,
             revision = excluded.revision, modify_time = excluded.modify_time
             where permit_tag.revision <= excluded.revision and (permit_tag.kind = 'WORKFLOW' or permit_tag.max_allowed is null)`,
    values: [tenant, name, limit, revision, at],
  };
}

/** Tags with somebody who waits although there is room. */
export const readTagsWithRoom: Statement<{ tenant: string; name: string }> = {
  name: 'permit-tag-with-room',
  text: `select t.tenant, t.name from permit_tag t where (t.max_allowed is null or t.held < t.max_allowed)
         and exists (select 1 from permit p where p.tenant = t.tenant and p.tag = t.name and not p.granted) limit 20`,
};
