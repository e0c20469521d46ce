import type { Json } from '@maestro/domain';
import type { Cursor } from './cursor.js';

/** Codec reads one kind of value from a document and writes it back; a failed read notes its problems and is undefined. */
export interface Codec<T> {
  read(cursor: Cursor): T | undefined;
  write(value: T): Json;
}

/** lazily stands for a codec that refers to itself: a step that holds steps. */
export function lazily<T>(codec: () => Codec<T>): Codec<T> {
  return { read: (cursor) => codec().read(cursor), write: (value) => codec().write(value) };
}

/** list: any number of items of one kind. */
export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    read(cursor) {
      const read = cursor.items()?.map((each) => item.read(each));
      // A list with an unreadable item is unreadable: the places of its other items would shift.
      return read?.includes(undefined) === true ? undefined : (read as T[] | undefined);
    },
    write: (values) => values.map((value) => item.write(value)),
  };
}

/** dictionary: any names; an unreadable entry is left out. `name` may normalise a name, or refuse it. */
export function dictionary<T>(
  item: Codec<T>,
  name: (cursor: Cursor, key: string) => string | undefined = (_, key) => key,
): Codec<Readonly<Record<string, T>>> {
  return {
    read(cursor) {
      const object = cursor.object();
      if (object === undefined) return undefined;
      const entries: [string, T][] = [];
      for (const written of Object.keys(object)) {
        const at = cursor.at(written);
        const [key, value] = [name(at, written), item.read(at)];
        if (key !== undefined && value !== undefined) entries.push([key, value]);
      }
      return Object.fromEntries(entries);
    },
    write: (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, item.write(value)])),
  };
}
