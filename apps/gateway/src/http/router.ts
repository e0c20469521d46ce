import { MaestroError } from '@maestro/domain';
import type { Route } from './route.js';

interface Node {
  readonly literals: Map<string, Node>;
  variable: { readonly name: string; readonly node: Node } | undefined;
  readonly routes: Map<string, Route>;
}

/** Match is a route and the decoded variable segments of the path. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Router finds the route of a request: a tree of path segments in which literal ones win over variables. */
export class Router {
  private readonly root = newNode();

  /** Throws when two routes have the same method and path, or name one variable differently. */
  constructor(routes: readonly Route[]) {
    for (const route of routes) this.add(route);
  }

  /** match throws ROUTE_NOT_FOUND, and says which methods the path has, if any. */
  match(method: string, path: string): Match {
    const segments = path.slice(1).split('/');
    const params: Record<string, string> = {};
    const route = descend(this.root, segments, 0, params, (node) => node.routes.has(method))?.routes.get(method);
    if (route !== undefined) return { route, params };
    const other = descend(this.root, segments, 0, {}, (node) => node.routes.size > 0);
    throw notFound(method, path, [...(other?.routes.keys() ?? [])]);
  }

  private add(route: Route): void {
    let node = this.root;
    for (const segment of route.path.slice(1).split('/')) node = child(node, segment, route);
    if (node.routes.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    node.routes.set(route.method, route);
  }
}

const newNode = (): Node => ({ literals: new Map(), variable: undefined, routes: new Map() });

function child(node: Node, segment: string, route: Route): Node {
  const name = /^\{(\w+)\}$/.exec(segment)?.[1];
  if (name !== undefined) {
    node.variable ??= { name, node: newNode() };
    if (node.variable.name !== name) throw new Error(`${route.path}: {${name}} is {${node.variable.name}} elsewhere`);
    return node.variable.node;
  }
  const next = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, next);
  return next;
}

function descend(
  node: Node,
  segments: readonly string[],
  at: number,
  params: Record<string, string>,
  fits: (node: Node) => boolean,
): Node | undefined {
  const segment = segments[at];
  if (segment === undefined) return fits(node) ? node : undefined;
  const literal = node.literals.get(segment);
  const found = literal === undefined ? undefined : descend(literal, segments, at + 1, params, fits);
  if (found !== undefined || node.variable === undefined || segment === '') return found;
  const below = descend(node.variable.node, segments, at + 1, params, fits);
  if (below !== undefined) params[node.variable.name] = decoded(segment);
  return below;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new MaestroError('INVALID_REQUEST', `The path segment "${segment}" is not valid percent-encoding.`);
  }
}

function notFound(method: string, path: string, methods: readonly string[]): MaestroError {
  const hint =
    methods.length === 0
      ? 'docs/openapi.yaml lists all paths; they begin with /api/v3.'
      : `This path has ${methods.join(', ')}.`;
  return new MaestroError('ROUTE_NOT_FOUND', `There is no ${method} ${path}. ${hint}`, {
    metadata: { method, path, ...(methods.length === 0 ? {} : { methods: methods.join(',') }) },
  });
}
