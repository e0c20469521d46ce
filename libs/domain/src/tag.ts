import type { JsonObject } from './json.js';

export const TAG_NAMESPACES = [
  'SYSTEM',
  'RUNTIME',
  'JOB_TEMPLATE',
  'NOTEBOOK_TEMPLATE',
  'USER_DEFINED',
  'PLATFORM',
] as const;
export type TagNamespace = (typeof TAG_NAMESPACES)[number];

/** Tag labels a workflow, step or run; names are unique within a list, whatever their namespace. */
export interface Tag {
  readonly name: string;
  readonly namespace?: TagNamespace;
  /** Read-only: how many may hold the tag at once, where a permit limits it. */
  readonly permit?: number;
  readonly attributes?: JsonObject;
}
