import type { TrinoConnection } from '../connections.js';

/** What a request of one attempt carries besides its connection. */
export interface SessionIdentity {
  readonly attemptId: string;
  readonly statementTimeoutMs: number | undefined;
}

/** SessionHeaders are the headers that make up a session: the server changes them by its answers (`USE`, `SET SESSION`). */
export class SessionHeaders {
  private readonly prefix: string;
  private readonly properties = new Map<string, string>();
  private catalog: string | undefined;
  private schema: string | undefined;

  constructor(
    private readonly connection: TrinoConnection,
    private readonly identity: SessionIdentity,
  ) {
    this.prefix = connection.presto ? 'X-Presto-' : 'X-Trino-';
    this.catalog = connection.catalog;
    this.schema = connection.schema;
    const { statementTimeoutMs } = identity;
    if (statementTimeoutMs !== undefined) this.properties.set('query_max_run_time', `${statementTimeoutMs}ms`);
  }

  /** For the first request of a statement. */
  ofStatement(): Record<string, string> {
    const { attemptId } = this.identity;
    const session = [...this.properties].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join(',');
    return this.named({
      User: this.connection.user,
      Source: 'maestro',
      'Client-Tags': `maestro-attempt:${attemptId}`,
      'Trace-Token': attemptId,
      Catalog: this.catalog,
      Schema: this.schema,
      Session: session === '' ? undefined : session,
    });
  }

  /** For every request. */
  ofUser(): Record<string, string> {
    return this.named({ User: this.connection.user });
  }

  /** A prepared statement that only the request with it knows. */
  prepared(name: string, statement: string): Record<string, string> {
    return this.named({ 'Prepared-Statement': `${name}=${encodeURIComponent(statement)}` });
  }

  /** learn takes over what the server says of the session. */
  learn(headers: Headers): void {
    const get = (name: string): string | undefined => headers.get(`${this.prefix}${name}`) ?? undefined;
    this.catalog = get('Set-Catalog') ?? this.catalog;
    this.schema = get('Set-Schema') ?? this.schema;
    for (const pair of (get('Set-Session') ?? '').split(',')) {
      const [, name, value] = /^\s*([^=]+)=(.*)$/.exec(pair) ?? [];
      if (name !== undefined) this.properties.set(name, decodeURIComponent(value ?? ''));
    }
    for (const name of (get('Clear-Session') ?? '').split(',')) this.properties.delete(name.trim());
  }

  private named(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
    const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const { user, password } = this.connection;
    const authorization = `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
    return {
      ...Object.fromEntries(given.map(([name, value]) => [`${this.prefix}${name}`, value])),
      ...(password === undefined ? {} : { Authorization: authorization }),
    };
  }
}
