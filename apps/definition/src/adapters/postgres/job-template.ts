import type { Millis } from '@maestro/domain';
import { jobTemplateToJson, parseJsonText, readStoredJobTemplate, stringifyJson } from '@maestro/dsl';
import type { Statement } from '@maestro/postgres';
import type { StoredTemplate, TemplateChange } from '../../ports/template-store.js';
import { withoutNul } from './documents.js';

/** TemplateRow is a row of `job_template` that deletes nothing. */
export interface TemplateRow {
  readonly tenant: string;
  readonly document: string;
  readonly author: string;
  readonly change_time: bigint;
}

export function storedTemplate({ tenant, document, author, change_time }: TemplateRow): StoredTemplate {
  const template = readStoredJobTemplate(parseJsonText(document));
  return { tenant, template: { ...template, versionAuthor: { name: author }, createTime: Number(change_time) } };
}

/** selectTemplates gives what holds of some types, at a revision or now. */
export function selectTemplates(jobTypes: readonly string[], revision: bigint | undefined): Statement<TemplateRow> {
  return {
    name: 'select-job-templates',
    text: `select tenant, document, author, change_time from (
        select distinct on (job_type, version) * from job_template
        where job_type = any ($1::text[]) and ($2::int8 is null or revision <= $2)
        order by job_type, version, revision desc) as latest
      where document is not null order by job_type, version`,
    values: [jobTypes, revision ?? null],
  };
}

export function listTemplates(version: string | undefined): Statement<TemplateRow> {
  return {
    name: 'list-job-templates',
    text: `select tenant, document, author, change_time from (
        select distinct on (job_type, version) * from job_template where $1::text is null or version = $1
        order by job_type, version, revision desc) as latest
      where document is not null order by job_type, version`,
    values: [version ?? null],
  };
}

export function insertTemplate(revision: bigint, change: TemplateChange, now: Millis): Statement {
  const { jobType, version, tenant, author, template } = change;
  const document = template === undefined ? null : withoutNul(stringifyJson(jobTemplateToJson(template)));
  return {
    name: 'insert-job-template',
    text: `insert into job_template (job_type, version, revision, tenant, document, author, change_time)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [jobType, version, revision, tenant, document, author, now],
  };
}
