import { type ParamDefinitions, type Params, type ResolvedTemplate } from '@maestro/domain';
import { mergeParams } from '../merge.js';
import { paramsToDefinitions } from '../params-to-definitions.js';

/**
 * templateParams are the params that a template gives to a step in a run: workflow params of the same names are merged into them with the
 * rules for what a parent gives (spec §1.11). Throws MaestroError INVALID_PARAM.
 */
export function templateParams({ params }: ResolvedTemplate, workflowParams: Params): ParamDefinitions {
  const names = Object.keys(params).filter((name) => workflowParams[name]?.evaluatedResult !== undefined);
  if (names.length === 0) return params;
  const same = Object.fromEntries(names.flatMap((name) => pairOf(name, workflowParams)));
  return mergeParams(params, paramsToDefinitions(same), { source: 'WORKFLOW_PARAMETER', upstream: true });
}

function pairOf(name: string, params: Params): readonly (readonly [string, Params[string]])[] {
  const param = Object.hasOwn(params, name) ? params[name] : undefined;
  return param === undefined ? [] : [[name, param]];
}
