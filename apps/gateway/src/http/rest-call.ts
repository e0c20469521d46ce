import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Json, MAX_BODY_BYTES, MAX_DEFINITION_BYTES, MaestroError } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import type { CallOptions } from '@maestro/grpc';
import { TRACE_REQUEST_HEADER, TRACEPARENT_HEADER } from '@maestro/telemetry';
import type { Query } from './query.js';
import { type BodyKind, readBody, readBytes } from './read-body.js';

/** The limit of a definition is on its own text, which the parser checks; the body may be a little more (a BOM, blanks). */
const DEFINITION_SLACK = 64 * 1024;
const JSON_TYPES = ['application/json'];
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

const JSON_BODY: BodyKind = { contentTypes: JSON_TYPES, limit: MAX_BODY_BYTES };
const DEFINITION_BODIES: Readonly<Record<'json' | 'yaml', BodyKind>> = {
  json: { contentTypes: JSON_TYPES, limit: MAX_DEFINITION_BYTES + DEFINITION_SLACK },
  yaml: { contentTypes: YAML_TYPES, limit: MAX_DEFINITION_BYTES + DEFINITION_SLACK },
};

/** Metadata key that names the tenant of a call; without the header `tenant` it is `default`. */
const TENANT_KEY = 'maestro-tenant';
/** Headers that are passed on to the services. */
const FORWARDED = [TRACEPARENT_HEADER, 'tracestate', TRACE_REQUEST_HEADER];

/** RestCall is one request on its way to its handler. */
export class RestCall {
  constructor(
    private readonly request: IncomingMessage,
    readonly params: Readonly<Record<string, string>>,
    readonly query: Query,
    /** Aborts when the client goes away. */
    readonly signal: AbortSignal,
    /** Aborts when the gateway drains: streams end then, their clients reconnect elsewhere. */
    readonly draining: AbortSignal,
  ) {}

  /** header is undefined when it is absent or empty. */
  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  }

  /** Who asks, as the header `user` says; the gateway trusts it (authentication is a proxy's work). */
  get caller(): string | undefined {
    return this.header('user')?.trim() || undefined;
  }

  /** requireCaller throws MISSING_CALLER without the header `user`. */
  requireCaller(): string {
    if (this.caller !== undefined) return this.caller;
    throw new MaestroError('MISSING_CALLER', 'Say who asks: send the header "user: <name>".');
  }

  /** Options of every call that this request makes: on behalf of its caller and tenant, in its trace, ended when it goes away. */
  get options(): CallOptions {
    const metadata: Record<string, string> = {};
    for (const name of FORWARDED) {
      const value = this.header(name);
      if (value !== undefined) metadata[name] = value;
    }
    const tenant = this.header('tenant')?.trim();
    if (tenant) metadata[TENANT_KEY] = tenant;
    return { signal: this.signal, metadata, ...(this.caller === undefined ? {} : { caller: this.caller }) };
  }

  /** idempotencyKey: the header `idempotency-key` makes a repeated request the same request; else each is its own. */
  get idempotencyKey(): string {
    return this.header('idempotency-key') ?? randomUUID();
  }

  /** param is a variable segment of the path. */
  param(name: string): string {
    const value = this.params[name];
    if (value === undefined) throw new Error(`the route has no {${name}}`);
    return value;
  }

  /** number is a variable segment that must be a positive whole number; throws INVALID_REQUEST. */
  number(name: string): bigint {
    const text = this.param(name);
    if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
    throw invalidSegment(name, `must be a positive whole number, not "${text}"`);
  }

  /** numberOrLatest is 0 for `latest`, as the contracts say it. */
  numberOrLatest(name: string): bigint {
    return this.param(name) === 'latest' ? 0n : this.number(name);
  }

  /** json reads a JSON body with exact whole numbers. */
  async json(): Promise<Json> {
    return parseJsonText(await readBody(this.request, JSON_BODY));
  }

  /** bytes reads a body of any type as it is, also an empty one. */
  bytes(): Promise<Buffer> {
    return readBytes(this.request, MAX_BODY_BYTES);
  }

  /** jsonBytes reads a JSON body without parsing it. */
  async jsonBytes(): Promise<Uint8Array> {
    return Buffer.from(await readBody(this.request, JSON_BODY), 'utf8');
  }

  /** definitionText reads the text of a definition, unparsed, so that problems can be named by line and column. */
  definitionText(format: 'json' | 'yaml'): Promise<string> {
    return readBody(this.request, DEFINITION_BODIES[format]);
  }
}

function invalidSegment(name: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The path segment {${name}} ${message}.`, {
    violations: [{ path: name, message }],
  });
}
