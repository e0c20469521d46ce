import type { Handler } from '@maestro/grpc';
import { ViewService, type ListIterationsRequest } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { stepStatusFromProto } from '@maestro/wire';
import type { IterationFilter } from '../ports/iteration-reader.js';
import { iterationToProto } from '../queries/iteration-to-proto.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import { listIterations } from '../usecases/read-iterations.js';
import { iterationTokens, readIterationAsk } from './iteration-token.js';
import { loopStepOf } from './loop-step-reference.js';

/** listIterationsRpc serves ListIterations. */
export function listIterationsRpc(deps: IterationDeps): Handler<typeof ViewService.method.listIterations> {
  return async (request) => {
    const step = loopStepOf(request.step);
    const filter = filterOf(request);
    const { run, stepId } = step;
    const list = JSON.stringify([run.workflowId, `${run.instanceId}`, `${run.runId}`, stepId, filter]);
    const ask = readIterationAsk(request.page, list);
    const { located, page } = await listIterations(deps, step, filter, ask);
    const iterations = page.items.map((found) => iterationToProto(located, found));
    return { iterations, page: iterationTokens(page, ask, list) };
  };
}

function filterOf({ statuses, loopParams }: Pick<ListIterationsRequest, 'statuses' | 'loopParams'>): IterationFilter {
  const values = Object.entries(loopParams)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, filter]): [string, string[]] => [name, filter.values.flatMap(textsOf)]);
  return {
    ...(statuses.length === 0
      ? {}
      : { statuses: statuses.map((each, index) => stepStatusFromProto(each, `statuses[${index}]`)).sort() }),
    ...(values.length === 0 ? {} : { values: Object.fromEntries(values) }),
  };
}

/** A whole number stands for a LONG and for the DOUBLE of its value. */
const textsOf = (text: string): string[] => (/^-?\d+$/.test(text) ? [text, `${text}.0`] : [text]);
