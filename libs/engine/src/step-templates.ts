import { TEMPLATE_VERSION_PARAM, type ParamDefinitions, type Params, type ResolvedTemplate } from '@maestro/domain';
import { MaestroError } from '@maestro/domain';
import { mergeParams, stepTypeProblem, templateParams, templateVersion } from '@maestro/params';
import type { PlanStep } from './plan.js';

/**
 * templatesOf are the job templates that hold for a step in a run, lowest first: the version of its own may be up to the workflow param
 * `job_template_version`. Throws MaestroError INVALID_PARAM when there is none that fits.
 */
export function templatesOf({ templates, type }: PlanStep, workflowParams: Params): readonly ResolvedTemplate[] {
  if (templates === undefined) return [];
  const { around, own } = templates;
  if (own === undefined) return around;
  const version = templateVersion(
    { kind: 'step', ...(own.version === undefined ? {} : { subTypeVersion: own.version }) },
    versionParam(workflowParams),
  );
  const { template, problem } = own.book.find(own.jobType, version);
  const wrong = problem ?? stepTypeProblem(template, type);
  if (wrong !== undefined) throw new MaestroError('INVALID_PARAM', wrong);
  return template === undefined ? around : [...around, template];
}

/** templateLayer are the params that a step gets from its templates in a run. Throws MaestroError INVALID_PARAM. */
export function templateLayer(step: PlanStep, workflowParams: Params): ParamDefinitions | undefined {
  const templates = templatesOf(step, workflowParams);
  if (templates.length === 0) return undefined;
  return templates.reduce<ParamDefinitions>(
    (base, each) => mergeParams(base, templateParams(each, workflowParams), { source: 'TEMPLATE_SCHEMA' }),
    {},
  );
}

function versionParam(params: Params): string | undefined {
  const value = Object.hasOwn(params, TEMPLATE_VERSION_PARAM)
    ? params[TEMPLATE_VERSION_PARAM]?.evaluatedResult
    : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
