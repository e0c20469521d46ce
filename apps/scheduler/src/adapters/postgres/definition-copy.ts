import type { WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

export function insertDefinitionCopy(workflowKey: WorkflowKey, version: bigint, definition: Uint8Array): Statement {
  return {
    name: 'definition-copy-insert',
    text: 'insert into definition_copy (workflow_key, version, definition) values ($1, $2, $3) on conflict do nothing',
    values: [workflowKey, version, Buffer.from(definition.buffer, definition.byteOffset, definition.byteLength)],
  };
}

export function readDefinitionCopy(workflowKey: WorkflowKey, version: bigint): Statement<{ definition: Buffer }> {
  return {
    name: 'definition-copy-read',
    text: 'select definition from definition_copy where workflow_key = $1 and version = $2',
    values: [workflowKey, version],
  };
}
