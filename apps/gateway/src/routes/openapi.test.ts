import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@maestro/testing';
import { parse } from 'yaml';
import { API_ROUTES } from './table.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
}
interface Operation {
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly responses: object;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>> & { parameters?: { $ref: string }[] }>>;
}

const document = parse(readFileSync(join(repositoryRoot(), 'docs/openapi.yaml'), 'utf8')) as Document;

/** resolve follows `#/components/...`. */
function resolve(ref: string): unknown {
  const steps = ref.replace('#/', '').split('/');
  return steps.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
}

function operationOf(method: string, path: string): { operation: Operation; parameters: readonly Parameter[] } {
  const item = document.paths[path];
  const operation = item?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`docs/openapi.yaml lacks ${method} ${path}`);
  const refs = [...(item?.parameters ?? []), ...(operation.parameters ?? [])];
  return { operation, parameters: refs.map(({ $ref }) => resolve($ref) as Parameter) };
}

const names = (parameters: readonly Parameter[], place: Parameter['in']): string[] =>
  parameters.filter((each) => each.in === place).map(({ name }) => name);

describe('docs/openapi.yaml', () => {
  it('lists exactly the routes of the table', () => {
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => key !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(API_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'has the parameters of %s',
    (_, route) => {
      const { operation, parameters } = operationOf(route.method, route.path);
      const segments = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(names(parameters, 'path')).toEqual(segments);
      expect(names(parameters, 'query')).toEqual(route.query);
      expect(names(parameters, 'header').includes('user')).toBe(route.needsCaller);
      expect(Object.keys(operation.responses)).toContain('default');
    },
  );

  it('has no reference that leads nowhere', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => resolve(ref) === undefined)).toEqual([]);
  });
});
