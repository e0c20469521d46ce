import { MaestroError } from '@maestro/domain';
import { type RequestMetrics } from '@maestro/telemetry';
import { type DescMethod } from '@bufbuild/protobuf';
import { type Interceptor } from './interceptor.js';

/** measureCalls counts and times every call by service, method and error code. */
export function measureCalls(metrics: RequestMetrics): Interceptor {
  const labels = new Map<DescMethod, Readonly<Record<string, string>>>();
  const labelsOf = (method: DescMethod): Readonly<Record<string, string>> => {
    const known = labels.get(method) ?? { service: method.parent.typeName, method: method.name };
    labels.set(method, known);
    return known;
  };
  return async (context, next) => {
    const ended = metrics.begin(labelsOf(context.method));
    try {
      const answer = await next();
      ended();
      return answer;
    } catch (error) {
      ended(error instanceof MaestroError ? error.code : 'INTERNAL');
      throw error;
    }
  };
}
