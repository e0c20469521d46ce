type OptionalKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** Present is `T` whose fields that may be undefined are optional instead. */
export type Present<T> = Omit<T, OptionalKeys<T>> & { [K in OptionalKeys<T>]?: Exclude<T[K], undefined> };

/** present drops the fields that are undefined: a domain value has no field rather than an undefined one. */
export function present<T extends object>(fields: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value;
  return kept as Present<T>;
}

/** mapValues applies `change` to every value of a dictionary and keeps the order of its keys. */
export function mapValues<A, B>(
  entries: Readonly<Record<string, A>>,
  change: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value, key)]));
}

/** whenFilled is undefined for an empty list: a contract cannot tell an empty list from an absent one. */
export function whenFilled<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** whenText is undefined for an empty text: a contract cannot tell it from an absent one. */
export function whenText(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** whenAny is undefined for an empty dictionary: a contract cannot tell it from an absent one. */
export function whenAny<T extends object>(entries: T): T | undefined {
  return Object.keys(entries).length === 0 ? undefined : entries;
}

/** optionally applies `change` where there is a value. */
export function optionally<A, B>(value: A | undefined, change: (value: A) => B): B | undefined {
  return value === undefined ? undefined : change(value);
}
