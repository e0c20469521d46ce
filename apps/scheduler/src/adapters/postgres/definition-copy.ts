import type { WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { CopyKey } from '../../ports/definition-copies.js';

export function insertDefinitionCopy(key: CopyKey, definition: Uint8Array): Statement {
  return {
    name: 'definition-copy-insert',
    text: `insert into definition_copy (workflow_key, version, template_revision, definition) values ($1, $2, $3, $4)
           on conflict do nothing`,
    values: [...valuesOf(key), Buffer.from(definition.buffer, definition.byteOffset, definition.byteLength)],
  };
}

export function readDefinitionCopy(key: CopyKey): Statement<{ definition: Buffer }> {
  return {
    name: 'definition-copy-read',
    text: 'select definition from definition_copy where workflow_key = $1 and version = $2 and template_revision = $3',
    values: valuesOf(key),
  };
}

/** The newest revision of job templates that a version is copied with; 0 = without any. */
export function readNewestRevision(
  workflowKey: WorkflowKey,
  version: bigint,
): Statement<{ readonly revision: bigint | null }> {
  return {
    name: 'definition-copy-newest-revision',
    text: 'select max(template_revision) as revision from definition_copy where workflow_key = $1 and version = $2',
    values: [workflowKey, version],
  };
}

const valuesOf = ({ workflowKey, version, templateRevision = 0 }: CopyKey): readonly unknown[] => [
  workflowKey,
  version,
  templateRevision,
];
