import type { Statement } from '@maestro/postgres';

/** ShapeRow is a row of `signal_shape`. */
export interface ShapeRow {
  readonly name: string;
  readonly shape: string;
}

export function selectShapes(names: readonly string[]): Statement<ShapeRow> {
  const text = `select name, shape from signal_shape where name = any ($1::text[] collate "C")`;
  return { name: 'select-signal-shapes', text, values: [names] };
}

/** insertShapes notes shapes that are new; called under the locks of their names. */
export function insertShapes(shapes: readonly ShapeRow[]): Statement {
  return {
    name: 'insert-signal-shapes',
    text: `insert into signal_shape (name, shape) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    values: [shapes.map(({ name }) => name), shapes.map(({ shape }) => shape)],
  };
}
