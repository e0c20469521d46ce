import type { Statement } from '@maestro/postgres';

/** takeRevision holds the lock of all changes of templates until the commit. */
export function takeRevision(): Statement<{ readonly last_revision: bigint }> {
  const text = 'update template_revision set last_revision = last_revision + 1 where singleton returning last_revision';
  return { name: 'take-template-revision', text };
}
