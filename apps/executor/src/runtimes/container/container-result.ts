import { failedOutput, type JsonObject } from '@maestro/domain';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { readOutputDocument, type OutputDocument } from '../output-document.js';
import { isJsonObject } from '../params.js';
import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';

/** ContainerEnd is how a container ended and what it left. */
export interface ContainerEnd {
  readonly outcome: Exclude<RuntimeOutcome, 'STOPPED'>;
  readonly message?: string | undefined;
  /** The output document as user code wrote it. */
  readonly document: Uint8Array | undefined;
  /** The runtime's own artifacts. */
  readonly artifacts: JsonObject;
}

/**
 * containerResult is the result of a container that ended. A document that cannot be read is the user's failure; of a step
 * that failed the document is kept as artifacts.
 */
export function containerResult({ outcome, message, document, artifacts }: ContainerEnd): RuntimeResult {
  let returned: OutputDocument = {};
  try {
    if (document !== undefined) returned = readOutputDocument(document);
  } catch (error) {
    const reason = `The printed output is not a document {params, artifacts, signals}: ${reasonOf(error)}`;
    const artifactsJson = encodeExactJson(artifacts);
    return outcome === 'DONE'
      ? { outcome: 'USER_ERROR', message: reason, artifactsJson }
      : { outcome, message: `${message ?? ''} ${reason}`.trim(), artifactsJson };
  }
  return outcome === 'DONE' ? succeeded(returned, artifacts) : failed(returned, artifacts, outcome, message ?? '');
}

function succeeded({ outputParamsJson, artifactsJson }: OutputDocument, artifacts: JsonObject): RuntimeResult {
  return {
    outcome: 'DONE',
    ...(outputParamsJson === undefined ? {} : { outputParamsJson }),
    artifactsJson: encodeExactJson({ ...objectOf(artifactsJson), ...artifacts }),
  };
}

function failed(
  { outputParamsJson, artifactsJson }: OutputDocument,
  artifacts: JsonObject,
  outcome: RuntimeOutcome,
  message: string,
): RuntimeResult {
  const kept = outputParamsJson === undefined ? {} : failedOutput(objectOf(outputParamsJson));
  return { outcome, message, artifactsJson: encodeExactJson({ ...objectOf(artifactsJson), ...kept, ...artifacts }) };
}

function objectOf(bytes: Uint8Array | undefined): JsonObject {
  const value = bytes === undefined ? {} : decodeExactJson(bytes);
  return isJsonObject(value) ? value : {};
}

/** reasonOf is what an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
