import { MaestroError, type ParamValue } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { exactJsonText, stepStatusToProto } from '@maestro/wire';
import type { FoundIteration } from '../ports/iteration-reader.js';
import { iterationToProto } from '../queries/iteration-to-proto.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import { summarizeIterations } from '../usecases/read-iterations.js';
import { loopStepOf } from './loop-step-reference.js';

const DEFAULT_VALUES = 5;
const MAX_VALUES = 100;

/** summarizeIterationsRpc serves SummarizeIterations. */
export function summarizeIterationsRpc(deps: IterationDeps): Handler<typeof ViewService.method.summarizeIterations> {
  return async ({ step, valueCount }) => {
    const count = checkedCount(valueCount);
    const { located, counts, representative, sample } = await summarizeIterations(deps, loopStepOf(step));
    return {
      countByStatus: counts.map(({ status, count }) => ({ status: stepStatusToProto(status), count })),
      ...(representative === undefined ? {} : { representativeIteration: iterationToProto(located, representative) }),
      loopParamValues: valuesOf(sample, count),
    };
  };
}

function checkedCount(count: number): number {
  if (count >= 0 && count <= MAX_VALUES) return count || DEFAULT_VALUES;
  const violations = [{ path: 'value_count', message: `must be 0 to ${MAX_VALUES}` }];
  throw new MaestroError('INVALID_REQUEST', `value_count is ${count}; it must be 0 to ${MAX_VALUES}.`, { violations });
}

function valuesOf(sample: readonly FoundIteration[], count: number): Record<string, { readonly values: string[] }> {
  const found = new Map<string, Set<string>>();
  for (const { params } of sample) {
    for (const [name, { evaluatedResult }] of Object.entries(params)) {
      const values = found.get(name) ?? new Set();
      if (values.size < count) values.add(textOf(evaluatedResult));
      found.set(name, values);
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, { values: [...values] }]));
}

const textOf = (value: ParamValue = ''): string => (typeof value === 'string' ? value : exactJsonText(value));
