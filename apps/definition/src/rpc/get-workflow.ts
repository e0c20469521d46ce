import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ResolvedTemplate, UsedStepType, Workflow } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { DefinitionService, type EnrichedExtrasSchema } from '@maestro/proto/maestro/definition/v1/definition_service';
import { expandWorkflow, TemplateBook } from '@maestro/params';
import { definitionToProto, paramDefinitionsToProto } from '@maestro/wire';
import type { TemplateReads } from '../ports/template-store.js';
import { templatesNamed } from '../ports/templates-named.js';
import { definitionOf } from '../usecases/definition-of.js';
import { findVersion } from '../usecases/find-workflow.js';
import { loadTemplates } from '../usecases/load-templates.js';
import { nextExecutionTimes } from '../usecases/next-execution-times.js';
import { parseSelector } from '../usecases/parse-selector.js';
import { staticParams } from '../usecases/static-params.js';
import { usedStepTypes } from '../usecases/worker-types.js';
import type { DefinitionDeps } from './definition-deps.js';

/** getWorkflowRpc serves GetWorkflow. */
export function getWorkflowRpc({
  reads,
  templates,
  stepTypes,
  clock,
}: DefinitionDeps): Handler<typeof DefinitionService.method.getWorkflow> {
  return async ({ workflowId, workflowKey, version, enriched, templateRevision }) => {
    const which = { workflowId, ...(workflowKey === 0n ? {} : { workflowKey }) };
    const found = await findVersion(reads, which, parseSelector(version));
    const { workflow } = found.version;
    const used = await templatesUsed(templates, workflow, { enriched, templateRevision });
    const { workflow: expanded } = expandWorkflow(workflow, new TemplateBook(used));
    const usedTypes = await usedStepTypes(stepTypes, expanded.steps);
    const definition = {
      ...definitionOf(found),
      ...(usedTypes.length === 0 ? {} : { usedStepTypes: usedTypes }),
      ...(templateRevision === 0n ? {} : { templates: used }),
    };
    return {
      definition: definitionToProto(definition),
      ...(enriched
        ? {
            enrichedExtras: {
              ...extrasOf(workflow, used, usedTypes),
              nextExecutionTimes: nextExecutionTimes(workflow.timeTriggers ?? [], clock.now()).map(BigInt),
            },
          }
        : {}),
    };
  };
}

/** The templates of a version as they were at a revision, or as they are for who wants to see what a start would get. */
async function templatesUsed(
  templates: TemplateReads,
  { steps }: Workflow,
  { enriched, templateRevision }: { readonly enriched: boolean; readonly templateRevision: bigint },
): Promise<readonly ResolvedTemplate[]> {
  const named = templatesNamed(steps);
  if (named.length === 0 || (!enriched && templateRevision === 0n)) return [];
  const at = templateRevision === 0n ? {} : { revision: templateRevision };
  return (await loadTemplates(templates, named, at)).resolved;
}

function extrasOf(
  workflow: Workflow,
  templates: readonly ResolvedTemplate[],
  used: readonly UsedStepType[],
): MessageInitShape<typeof EnrichedExtrasSchema> {
  const { workflowParams, stepParams } = staticParams(workflow, templates, used);
  const steps = Object.entries(stepParams).map(([id, params]) => [id, paramDefinitionsToProto(params)] as const);
  return { workflowParams: paramDefinitionsToProto(workflowParams), stepParams: Object.fromEntries(steps) };
}
