import { MaestroError, type TimelineEvent } from '@maestro/domain';
import type { StoredTemplate, TemplateStore } from '../ports/template-store.js';
import type { Asking } from './asking.js';
import { templateNotFound } from './get-job-template.js';
import { requireTenant } from './put-job-template.js';

/**
 * deleteJobTemplate deletes a version of a template, or all of them. Runs that have begun keep it. Throws JOB_TEMPLATE_NOT_FOUND,
 * INVALID_STATE when another template inherits from it, PERMISSION_DENIED.
 */
export async function deleteJobTemplate(
  templates: TemplateStore,
  { author, tenant }: Omit<Asking, 'requestId'>,
  jobType: string,
  version: string | undefined,
): Promise<TimelineEvent> {
  const now = await templates.change(async (view) => {
    const all = await view.list();
    const gone = all.filter(({ template: { definition } }) => isMeant(definition, jobType, version));
    if (gone.length === 0) throw await templateNotFound(view, jobType, version);
    for (const each of gone) requireTenant(each, tenant);
    requireNoHeirs(all, gone);
    return gone.map(({ template }) => ({ jobType, version: template.definition.version, tenant, author }));
  });
  const message = `Deleted job template "${jobType}"${version === undefined ? '' : ` version "${version}"`}.`;
  return { type: 'ACTION', timestamp: now, action: 'DELETE', author, message };
}

function isMeant(
  definition: StoredTemplate['template']['definition'],
  jobType: string,
  version: string | undefined,
): boolean {
  return definition.jobType === jobType && (version === undefined || definition.version === version);
}

function requireNoHeirs(all: readonly StoredTemplate[], gone: readonly StoredTemplate[]): void {
  const heirs = all.filter(
    (each) =>
      !gone.includes(each) &&
      gone.some(({ template: { definition } }) => {
        const { inheritFrom = {} } = each.template.definition;
        return Object.hasOwn(inheritFrom, definition.jobType) && inheritFrom[definition.jobType] === definition.version;
      }),
  );
  const [first] = heirs;
  if (first === undefined) return;
  const names = heirs.map(({ template: { definition } }) => `"${definition.jobType}" version "${definition.version}"`);
  throw new MaestroError(
    'INVALID_STATE',
    `Other job templates inherit from it: ${names.join(', ')}. Delete those first.`,
  );
}
