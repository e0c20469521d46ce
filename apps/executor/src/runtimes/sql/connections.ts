import { z } from 'zod';

/** What every connection may say. */
const shared = {
  /** Tenants whose steps may use it; absent: all. */
  tenants: z.array(z.string().min(1)).optional(),
};

const URL_OR_SECRET = /^(postgres(ql)?:\/\/|secret:\/\/)/;

const postgres = z.strictObject({
  type: z.literal('postgres'),
  url: z.string().regex(URL_OR_SECRET, 'must begin with postgres:// or secret://'),
  ...shared,
});

const duckdb = z.strictObject({
  type: z.literal('duckdb'),
  /** A database file; absent: an empty database in memory for each attempt. */
  path: z.string().min(1).optional(),
  read_only: z.boolean().default(false),
  /** As DuckDB writes it: `512MB`. */
  memory: z
    .string()
    .regex(/^\d+(\.\d+)?\s?([KMGT]i?B)$/, 'must be a size such as 512MB')
    .default('1GB'),
  threads: z.int().min(1).max(256).default(2),
  /** Folders whose files statements may read and write. */
  folders: z.array(z.string().min(1)).default([]),
  /** Everything that the executor's user may read and write, the network, and extensions. */
  external_access: z.boolean().default(false),
  ...shared,
});

const trino = z.strictObject({
  type: z.literal('trino'),
  url: z.string().regex(/^(https?|secret):\/\//, 'must begin with http://, https:// or secret://'),
  user: z.string().min(1).default('maestro'),
  /** With it requests are authenticated (Basic); Trino takes it over https only. */
  password: z.string().min(1).optional(),
  catalog: z.string().min(1).optional(),
  schema: z.string().min(1).optional(),
  /** The headers of Presto instead of Trino's. */
  presto: z.boolean().default(false),
  ...shared,
});

const connections = z.record(
  z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be a name of letters, digits, "_", "." and "-"'),
  z.discriminatedUnion('type', [postgres, duckdb, trino]),
);

/** SqlConnection is one entry of the file of connections. */
export type SqlConnection = z.infer<typeof connections>[string];
export type DuckDbConnection = z.infer<typeof duckdb>;
export type TrinoConnection = z.infer<typeof trino>;
/** SqlConnections are the connections of an executor by name. */
export type SqlConnections = Readonly<Record<string, SqlConnection>>;

/** readSqlConnections checks the content of a file of connections. Throws an Error that names every bad key. */
export function readSqlConnections(content: unknown): SqlConnections {
  const parsed = connections.safeParse(content ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new Error(problems.join('; '));
}
