import type { JobTemplateDefinition, ResolvedTemplate } from '@maestro/domain';
import { resolveTemplate, type FindTemplate } from '@maestro/params';
import type { TemplateReads } from '../ports/template-store.js';
import { templatesNamed } from '../ports/templates-named.js';

/** LoadedTemplates are the templates of some job types, and of all that these build on. */
export interface LoadedTemplates {
  readonly find: FindTemplate;
  /** Every version, with what it inherits; parents that no step names are left out. */
  readonly resolved: readonly ResolvedTemplate[];
}

/**
 * loadTemplates reads the templates of some job types with their parents, and those that their steps name: one statement for each step away
 * from what is asked for. `over` holds in place of what is stored.
 */
export async function loadTemplates(
  reads: Pick<TemplateReads, 'ofTypes'>,
  jobTypes: readonly string[],
  { revision, over }: { readonly revision?: bigint; readonly over?: JobTemplateDefinition } = {},
): Promise<LoadedTemplates> {
  const known = new Map<string, Map<string, JobTemplateDefinition>>();
  const named = new Set(jobTypes);
  for (let wanted = [...named]; wanted.length > 0; wanted = missing(known, named)) {
    for (const each of wanted) known.set(each, new Map());
    const stored = await reads.ofTypes(wanted, revision);
    for (const { template } of stored)
      known.get(template.definition.jobType)?.set(template.definition.version, template.definition);
    if (over !== undefined) known.get(over.jobType)?.set(over.version, over);
    for (const each of definitionsOf(known)) for (const type of templatesNamed(each.steps ?? [])) named.add(type);
  }
  const find: FindTemplate = (jobType, version) => known.get(jobType)?.get(version);
  const used = definitionsOf(known).filter(({ jobType }) => named.has(jobType));
  return { find, resolved: used.map((each) => resolveTemplate(find, each)) };
}

function definitionsOf(
  known: ReadonlyMap<string, ReadonlyMap<string, JobTemplateDefinition>>,
): readonly JobTemplateDefinition[] {
  return [...known.values()].flatMap((versions) => [...versions.values()]);
}

function missing(
  known: ReadonlyMap<string, ReadonlyMap<string, JobTemplateDefinition>>,
  named: ReadonlySet<string>,
): string[] {
  const parents = definitionsOf(known).flatMap(({ inheritFrom = {} }) => Object.keys(inheritFrom));
  return [...new Set([...named, ...parents])].filter((type) => !known.has(type));
}
