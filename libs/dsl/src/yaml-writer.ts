import type { Json, PushRequest } from '@maestro/domain';
import { Document, Scalar } from 'yaml';
import { definitionToJson } from './write.js';

/** A whole decimal keeps its `.0`: without it, it would be read as a whole number. */
function decimal(value: number): Scalar<number> {
  const scalar = new Scalar(value);
  if (Number.isInteger(value)) scalar.minFractionDigits = 1;
  return scalar;
}

function yamlValue(json: Json): unknown {
  if (typeof json === 'number') return decimal(json);
  if (Array.isArray(json)) return json.map(yamlValue);
  if (typeof json !== 'object' || json === null) return json;
  return new Map(Object.entries(json).map(([key, value]) => [key, yamlValue(value as Json)]));
}

/** workflowToYaml writes a push request as YAML in the plain model, which can say everything; the DSL is for people. */
export function workflowToYaml(request: PushRequest): string {
  return new Document(yamlValue(definitionToJson(request)), { version: '1.2' }).toString({ lineWidth: 120 });
}
