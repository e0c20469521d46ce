import { Pool } from 'pg';
import { testDatabase } from '@maestro/testing';
import { bulkDelete, bulkInsert, bulkUpdate, pipeline, type Column } from './index.js';

interface Item {
  readonly id: bigint;
  readonly name: string;
  readonly at: readonly (number | null)[];
  readonly data: Uint8Array | null;
}

const ID: Column<Item> = { name: 'id', type: 'bigint', value: ({ id }) => id };
const NAME: Column<Item> = { name: 'name', type: 'text', value: ({ name }) => name };
const AT: Column<Item> = {
  name: 'at',
  type: 'bigint[]',
  value: ({ at }) => `{${at.map((t) => t ?? 'NULL').join(',')}}`,
};
const DATA: Column<Item> = { name: 'data', type: 'bytea', value: ({ data }) => data };
const TABLE = { table: 'item', columns: [ID, NAME, AT, DATA] };

const items: readonly Item[] = [
  { id: 9007199254740993n, name: 'a "quoted" \\ {x,y}', at: [1, null, 3], data: new Uint8Array([0, 34, 92, 255]) },
  { id: 2n, name: '', at: [], data: null },
  { id: 3n, name: 'NULL', at: [7], data: new Uint8Array() },
];

describe('bulk statements', () => {
  let pool: Pool;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await testDatabase();
    drop = database.stop;
    pool = new Pool({ connectionString: database.url });
    await pool.query('create table item (id bigint primary key, name text, at bigint[], data bytea)');
  });
  afterAll(async () => {
    await pool.end();
    await drop();
  });

  const run = async (...statements: Parameters<typeof pipeline>[1]): Promise<unknown[]> => {
    const client = await pool.connect();
    try {
      const results = await pipeline(client, [
        ...statements,
        { name: 'all', text: 'select id::text, name, at::text, data from item order by id' },
      ]);
      return [...(results.at(-1)?.rows ?? [])];
    } finally {
      client.release();
    }
  };

  it.each([1, 3])('insert, update and delete %d rows with exact values', async (count) => {
    const rows = items.slice(0, count);
    const inserted = await run({ name: 'clear', text: 'truncate item' }, bulkInsert(TABLE, rows));
    expect(inserted).toHaveLength(count);
    expect(inserted.at(-1)).toEqual({
      id: '9007199254740993',
      name: 'a "quoted" \\ {x,y}',
      at: '{1,NULL,3}',
      data: Buffer.from([0, 34, 92, 255]),
    });
    const updated = await run(
      bulkUpdate(
        'item',
        [ID],
        [NAME, AT],
        rows.map((row) => ({ ...row, name: `${row.name}!`, at: [5] })),
      ),
    );
    expect(updated.at(-1)).toMatchObject({ name: 'a "quoted" \\ {x,y}!', at: '{5}' });
    expect(await run(bulkDelete('item', [ID], rows))).toEqual([]);
  });
});
