import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

interface Operation {
  readonly query: readonly string[];
  readonly body: string | null;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const API = JSON.parse(readFileSync(join(__dirname, '../../fixtures/kubernetes/openapi.json'), 'utf8')) as OpenApi;

/** Recorded is one request as it came over the wire. */
interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** violationsOf says where a request is none that Kubernetes publishes: unknown paths, parameters and fields, wrong types. */
export function violationsOf({ method, path, query, body }: Recorded): readonly string[] {
  const template = path.replace(/namespaces\/[^/]+/, 'namespaces/{namespace}').replace(/pods\/[^/]+/, 'pods/{name}');
  const operation = API.paths[template]?.[method.toLowerCase()];
  if (operation === undefined) return [`${method} ${path} is not published`];
  const unknown = Object.keys(query).filter((name) => !operation.query.includes(name));
  return [
    ...unknown.map((name) => `${method} ${path} has no parameter ${name}`),
    ...(body === undefined || operation.body === null ? [] : check({ $ref: operation.body }, body, method)),
  ];
}

function check(schema: Schema, value: unknown, path: string): readonly string[] {
  const resolved = schema.$ref === undefined ? schema : API.definitions[schema.$ref.replace('#/definitions/', '')];
  if (resolved === undefined) return [`${path}: ${schema.$ref} is not there`];
  const { properties, additionalProperties, items, required = [] } = resolved;
  if (resolved.type === 'array') {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((item, index) => check(items ?? {}, item, `${path}[${index}]`));
  }
  if (properties === undefined && additionalProperties === undefined) return checkScalar(resolved, value, path);
  if (typeof value !== 'object' || value === null) return [`${path} must be an object`];
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const of = properties?.[name] ?? additionalProperties;
    return of === undefined ? [`${path}.${name} is unknown`] : check(of, member, `${path}.${name}`);
  });
  return [...missing, ...inner];
}

function checkScalar({ type, format }: Schema, value: unknown, path: string): readonly string[] {
  const isNumber = type === 'integer' || type === 'number';
  const ok =
    type === undefined ||
    format === 'int-or-string' ||
    (isNumber ? typeof value === 'number' : type === 'object' || typeof value === type);
  return ok ? [] : [`${path} must be a ${type}`];
}
