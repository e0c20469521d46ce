/** own reads an own property: user-chosen names such as `constructor` never reach what every object inherits. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** defined drops the members that are undefined, so that "absent" has one form. The caller names the type again. */
export function defined(record: object): object {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) if (value !== undefined) kept[name] = value;
  return kept;
}

/** mapRecord maps the values of a record and keeps its order; any key is safe, `__proto__` too. */
export function mapRecord<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
