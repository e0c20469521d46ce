import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import {
  cleanParams,
  DEFAULT_PARAMS,
  evaluateParams,
  mergeDefinitionParams,
  mergeWorkflowParams,
  type ParamScope,
} from '@maestro/params';
import { createCompiler, PRESETS } from '@maestro/sel';
import { median } from '../statistics.js';

const REPETITIONS = 200;
const OWN_PARAMS = 20;
const AT = 1_714_564_800_000;

/** As in a service: texts of one definition are compiled once. */
const COMPILER = createCompiler({ cacheSize: 1_000 });

const FIELDS = new Map<string, string | null>([
  ['workflow_id', 'bench'],
  ['owner', 'bench'],
  ['INITIATOR_TIMEZONE', null],
  ['FIRST_TIME_TRIGGER_TIMEZONE', null],
]);
const SCOPE: ParamScope = { instanceField: (field) => FIELDS.get(field) };

/** Texts, numbers and expressions in turns; each refers to a default or to the one before it. */
function ownParam(index: number): ParamDefinition {
  switch (index % 4) {
    case 0:
      return { type: 'STRING', value: `s3://bucket/table_${index}/day=\${RUN_DATE}/part-\${DERIVED_RUN_HOUR_UTC}` };
    case 1:
      return { type: 'LONG', value: BigInt(index) };
    case 2:
      return { type: 'LONG', expression: `own${index - 1} * 60 + 1` };
    default:
      return { type: 'BOOLEAN', expression: `own${index - 1} > 100 && own${index - 3}.endsWith('00')` };
  }
}

const OWN: ParamDefinitions = Object.fromEntries(
  Array.from({ length: OWN_PARAMS }, (_, index) => [`own${index}`, ownParam(index)]),
);

/** paramsMillis is the time of merging and evaluating all default params of a workflow and 20 of its own. */
export function paramsMillis(): number {
  const times = Array.from({ length: REPETITIONS }, () => {
    const started = performance.now();
    evaluateAll();
    return performance.now() - started;
  });
  return median(times);
}

function evaluateAll(): void {
  const defaults = DEFAULT_PARAMS.workflow;
  const definition = mergeDefinitionParams(defaults, OWN);
  const own = mergeWorkflowParams({ defaults, definition, runParams: {}, launch: { initiator: 'MANUAL' } });
  const definitions = { ...cleanParams(defaults), ...own };
  const outcome = evaluateParams({ definitions, scope: SCOPE, compiler: COMPILER, limits: PRESETS.IN_PLACE, at: AT });
  if (outcome.kind === 'values') return;
  throw new Error(outcome.kind === 'error' ? JSON.stringify(outcome.violations) : `more than its ${outcome.limit}`);
}
