import { inSpan } from '@maestro/telemetry';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import { methodPath } from '../service-definition.js';
import { type Interceptor } from './interceptor.js';

/** traceCalls wraps every call in a server span whose parent came with the metadata. */
export function traceCalls(tracer: Tracer): Interceptor {
  return (context, next) => {
    const attributes = { 'rpc.system': 'grpc', 'rpc.method': methodPath(context.method) };
    return inSpan(tracer, context.method.name, { parent: context.trace, kind: SpanKind.SERVER, attributes }, next);
  };
}
