import type { JsonObject } from '@maestro/domain';
import { encodeExactJson, encodeParamDefinitions } from '@maestro/wire';
import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';
import type { HttpAnswer } from '@maestro/outbound';
import type { HttpCall } from './http-params.js';
import { isSecretHeader } from './secret-header.js';

/** The whole body is in the output param; the artifact shows enough of it to see what it was. */
const MAX_ARTIFACT_CHARS = 10_000;

/** httpResult is the end of a step whose request was answered: outcome, outputs and artifact. `reason` is why it failed. */
export function httpResult(
  call: HttpCall,
  { statusCode, body }: Pick<HttpAnswer, 'statusCode' | 'body'>,
  outcome: RuntimeOutcome,
  reason = `${call.method} ${call.url} answered ${statusCode}`,
): RuntimeResult {
  return {
    outcome,
    outputParamsJson: encodeParamDefinitions({
      status_code: { type: 'LONG', value: BigInt(statusCode) },
      response_body: { type: 'STRING', value: body },
    }),
    artifactsJson: encodeExactJson({
      maestro_http: {
        ...httpArtifact(call, { statusCode, body }),
        status: outcome === 'DONE' ? 'SUCCESS' : 'FAILED',
      },
    }),
    ...(outcome === 'DONE' ? {} : { message: reason }),
  };
}

/** httpArtifact is what is kept of a request and its answer: no secrets, and not all of long bodies. */
export function httpArtifact(
  call: HttpCall,
  { statusCode, body }: Pick<HttpAnswer, 'statusCode' | 'body'>,
): JsonObject {
  return {
    type: 'HTTP',
    request: {
      url: call.url,
      method: call.method,
      headers: masked(call.headers),
      ...(call.body === undefined ? {} : { body: shortened(call.body) }),
    },
    status_code: BigInt(statusCode),
    body: shortened(body),
  };
}

function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? '***' : value]),
  );
}

function shortened(body: string): string {
  return body.length <= MAX_ARTIFACT_CHARS ? body : `${body.slice(0, MAX_ARTIFACT_CHARS)}…`;
}
