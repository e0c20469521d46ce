import { attemptId, MaestroError } from '@maestro/domain';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import type { Clock } from '../../ports/clock.js';
import type { OutputData, OutputDataStore } from '../../ports/output-data-store.js';
import { readOutputDocument, type OutputDocument } from '../../runtimes/output-document.js';
import { isJsonObject } from '../../runtimes/params.js';
import { hashOf } from './attempt-token.js';
import { merged } from './merge-output-data.js';

export interface PutOutputDataDeps {
  readonly store: OutputDataStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** Spec, part 1 §2.9: what all calls together may have put for one attempt, as JSON. */
const MAX_CHARS = 750_000;

/**
 * putOutputData adds a document to what the attempt returns at its end, and answers with the attempt's id. Throws
 * PERMISSION_DENIED, CONFLICT, INVALID_REQUEST, REQUEST_TOO_LARGE.
 */
export async function putOutputData(deps: PutOutputDataDeps, token: string, documentJson: Uint8Array): Promise<string> {
  const documents = documentsOf(documentJson);
  const change = (before: OutputData): OutputData => withinLimit(documents.reduce(merged, before));
  const answer = await deps.store.put(hashOf(token), change, deps.clock.now());
  switch (answer.state) {
    case 'open':
      return attemptId(answer.of);
    case 'ended':
      throw new MaestroError(
        'CONFLICT',
        'The attempt of this token has ended: its outputs cannot be changed any more.',
      );
    default:
      throw new MaestroError(
        'PERMISSION_DENIED',
        'No attempt has this token. Send the one of the environment: "Authorization: Bearer $MAESTRO_OUTPUT_TOKEN".',
      );
  }
}

function documentsOf(json: Uint8Array): readonly OutputDocument[] {
  try {
    return [readOutputDocument(json), extraInfo(json)];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MaestroError('INVALID_REQUEST', `The body is not a document {params, artifacts}: ${reason}.`, { cause });
  }
}

/** What the original keeps beside params and artifacts becomes an artifact. */
function extraInfo(json: Uint8Array): OutputDocument {
  const document = decodeExactJson(json);
  const extra = isJsonObject(document) ? document['extra_info'] : undefined;
  return isJsonObject(extra) ? { artifactsJson: encodeExactJson({ extra_info: extra }) } : {};
}

function withinLimit(data: OutputData): OutputData {
  const chars = JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).length;
  if (chars <= MAX_CHARS) return data;
  throw new MaestroError(
    'REQUEST_TOO_LARGE',
    `With this the outputs of the attempt would have ${chars} characters; ${MAX_CHARS} is the limit. Store big data elsewhere.`,
  );
}
