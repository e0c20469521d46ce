/** NOW is Postgres' clock while the statement runs, in milliseconds: leases of all processes go by it. */
export const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';
