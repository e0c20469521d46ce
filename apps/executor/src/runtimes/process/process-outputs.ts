import { readFile, stat } from 'node:fs/promises';
import { failedOutput } from '@maestro/domain';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { MAX_OUTPUT_BYTES, readOutputDocument, type OutputDocument } from '../output-document.js';
import { isJsonObject } from '../params.js';

/** ReturnedDocument is where a process can have put its outputs. */
export interface Returned {
  readonly file: string;
  /** What stood between the output tokens in stdout. */
  readonly printed: Uint8Array | undefined;
}

/**
 * readOutputs is what a process returned: in its file, or, when it wrote none, between the tokens of its stdout. Throws an
 * Error that says which of them is wrong, and how.
 */
export async function readOutputs({ file, printed }: Returned): Promise<OutputDocument> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 0) return readAs('$MAESTRO_OUTPUT', () => read(file, size));
  return printed === undefined ? {} : readAs('printed output', () => Promise.resolve(readOutputDocument(printed)));
}

/** keptOutputs are the outputs of a process that failed, all of them as artifacts; nothing when they cannot be read. */
export async function keptOutputs(returned: Returned): Promise<Pick<OutputDocument, 'artifactsJson'>> {
  const { outputParamsJson, artifactsJson } = await readOutputs(returned).catch((): OutputDocument => ({}));
  if (outputParamsJson === undefined) return artifactsJson === undefined ? {} : { artifactsJson };
  const artifacts = artifactsJson === undefined ? {} : decodeExactJson(artifactsJson);
  const kept = failedOutput(decodeExactJson(outputParamsJson));
  return { artifactsJson: encodeExactJson({ ...(isJsonObject(artifacts) ? artifacts : {}), ...kept }) };
}

async function read(file: string, size: number): Promise<OutputDocument> {
  if (size > MAX_OUTPUT_BYTES) throw new Error(`it has ${size} bytes; ${MAX_OUTPUT_BYTES} is the limit`);
  return readOutputDocument(await readFile(file));
}

async function readAs(name: string, from: () => Promise<OutputDocument>): Promise<OutputDocument> {
  try {
    return await from();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The ${name} is not a document {params, artifacts, signals}: ${reason}`, { cause: error });
  }
}
