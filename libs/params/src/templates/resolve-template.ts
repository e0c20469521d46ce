import {
  MaestroError,
  type JobTemplateDefinition,
  type ParamDefinitions,
  type ResolvedTemplate,
  type Step,
  type Tag,
} from '@maestro/domain';
import { mergeParams } from '../merge.js';

/** FindTemplate finds a template as it was put; undefined when there is none. */
export type FindTemplate = (jobType: string, version: string) => JobTemplateDefinition | undefined;

/** Inherited is what a template has with all that it builds on. */
interface Inherited {
  readonly params: ParamDefinitions;
  readonly tags: readonly Tag[];
  readonly steps: readonly Step[];
}

/** Unusable is why a template cannot be used. */
class Unusable extends Error {}

const NOTHING: Inherited = { params: {}, tags: [], steps: [] };

/**
 * resolveTemplate gives a template what it inherits: parents first, in the order they are named, then its own. Params of the same name are
 * merged, maps key by key (the original replaces them whole), tags by name, steps as a whole. What is wrong is told in `problem`.
 */
export function resolveTemplate(find: FindTemplate, template: JobTemplateDefinition): ResolvedTemplate {
  const { jobType, version, stepType } = template;
  try {
    return { jobType, version, stepType, ...inherited(find, template, []) };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { jobType, version, stepType, ...NOTHING, problem: error.message };
  }
}

/** templateName is how messages name a template. */
export function templateName({ jobType, version }: Pick<JobTemplateDefinition, 'jobType' | 'version'>): string {
  return `"${jobType}" version "${version}"`;
}

function inherited(find: FindTemplate, template: JobTemplateDefinition, below: readonly string[]): Inherited {
  const name = `${template.jobType}:${template.version}`;
  if (below.includes(name)) throw new Unusable(`inherits from itself: ${[...below, name].join(' -> ')}`);
  const parents = Object.entries(template.inheritFrom ?? {}).map(([jobType, version]) => {
    const parent = find(jobType, version);
    if (parent !== undefined) return inherited(find, parent, [...below, name]);
    throw new Unusable(`inherits from ${templateName({ jobType, version })}, which does not exist`);
  });
  const { params = {}, tags = [], steps = [] } = template;
  return [...parents, { params, tags, steps }].reduce((base, over) => combined(name, base, over), NOTHING);
}

function combined(name: string, base: Inherited, over: Inherited): Inherited {
  return {
    params: mergedParams(name, base.params, over.params),
    tags: mergedTags(base.tags, over.tags),
    steps: over.steps.length > 0 ? over.steps : base.steps,
  };
}

function mergedParams(name: string, base: ParamDefinitions, over: ParamDefinitions): ParamDefinitions {
  try {
    return mergeParams(base, over, { source: 'TEMPLATE_SCHEMA' });
  } catch (error) {
    if (error instanceof MaestroError) throw new Unusable(`${name}: ${error.message}`);
    throw error;
  }
}

/** mergedTags: of tags with the same name the later one holds, in the place of the first. */
export function mergedTags(base: readonly Tag[], over: readonly Tag[]): readonly Tag[] {
  return [...new Map([...base, ...over].map((tag) => [tag.name, tag])).values()];
}
