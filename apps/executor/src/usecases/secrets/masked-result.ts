import type { Json } from '@maestro/domain';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { isJsonObject } from '../../runtimes/params.js';
import type { RuntimeResult } from '../../runtimes/runtime.js';
import { MASK, type Mask } from './mask.js';

/**
 * maskedResult is a result without secrets. A secret that is returned as a number cannot be masked within its type: that
 * fails the step.
 */
export function maskedResult(mask: Mask, result: RuntimeResult): RuntimeResult {
  const { outputParamsJson, artifactsJson, message } = result;
  const outputs = outputParamsJson === undefined ? undefined : decodeExactJson(outputParamsJson);
  const name = outputs === undefined ? undefined : numericSecret(mask, outputs);
  if (name !== undefined) {
    return { outcome: 'USER_ERROR', message: `The output param "${name}" holds a secret; secrets cannot be outputs.` };
  }
  return {
    ...result,
    ...(outputs === undefined ? {} : { outputParamsJson: encodeExactJson(mask.json(outputs)) }),
    ...(artifactsJson === undefined ? {} : { artifactsJson: maskedJson(mask, artifactsJson) }),
    ...(message === undefined ? {} : { message: mask.text(message) }),
  };
}

/** maskedJson masks a JSON document in UTF-8. */
export function maskedJson(mask: Mask, document: Uint8Array): Uint8Array {
  return encodeExactJson(mask.json(decodeExactJson(document)));
}

function numericSecret(mask: Mask, outputs: Json): string | undefined {
  if (!isJsonObject(outputs)) return undefined;
  return Object.keys(outputs).find((name) => hasMaskedNumber(mask, outputs[name]));
}

function hasMaskedNumber(mask: Mask, value: Json | undefined): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return mask.json(value) === MASK;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value as Record<string, Json>).some((member) => hasMaskedNumber(mask, member));
}
