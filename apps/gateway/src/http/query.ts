import { MAX_PAGE_SIZE, MaestroError } from '@maestro/domain';

function refusal(name: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The query parameter ${name} ${message}.`, {
    violations: [{ path: name, message }],
  });
}

/** Page is what a list asks of a service. */
export interface Page {
  readonly pageSize: number;
  readonly pageToken: string;
}

/** Query is the query string of a request; every reader throws INVALID_REQUEST with the name of the parameter. */
export class Query {
  private readonly values: URLSearchParams;

  /** Refuses parameters that the route does not know: a misspelt filter would silently match everything. */
  constructor(text: string, known: readonly string[]) {
    this.values = new URLSearchParams(text);
    for (const name of this.values.keys()) {
      if (known.includes(name)) continue;
      const expected = known.length === 0 ? 'this path takes none' : `this path takes ${known.join(', ')}`;
      throw refusal(name, `is not known: ${expected}`);
    }
  }

  text(name: string): string {
    return this.values.get(name) ?? '';
  }

  /** all gives a repeated parameter, each value as it is. */
  all(name: string): readonly string[] {
    return this.values.getAll(name);
  }

  /** list joins repeated parameters and comma-separated values. */
  list(name: string): readonly string[] {
    return this.values.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''));
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.values.get(name);
    if (value === null) return fallback;
    if (value === 'true' || value === '') return true;
    if (value === 'false') return false;
    throw refusal(name, `must be true or false, not "${value}"`);
  }

  /** optionalFlag is undefined when the parameter is not given. */
  optionalFlag(name: string): boolean | undefined {
    return this.values.has(name) ? this.flag(name, true) : undefined;
  }

  natural(name: string): bigint {
    const value = this.values.get(name) ?? '0';
    if (!/^\d{1,18}$/.test(value)) throw refusal(name, `must be a whole number, not "${value}"`);
    return BigInt(value);
  }

  /**
   * page: `first` goes to older items, `last` back to newer ones, 1..200 (§4.6 of Maestro's model). Cursors are tokens
   * of an earlier answer, so `last` needs one. `byDefault` is the size when neither is given; without it that is refused.
   */
  page(byDefault?: number): Page {
    const [first, last] = [this.values.get('first'), this.values.get('last')];
    const pageToken = this.text('cursor');
    if (first !== null && last !== null) throw refusal('last', 'cannot be combined with first; give one of them');
    if (last !== null) {
      if (pageToken === '') throw refusal('cursor', 'must be the start_cursor of an earlier page when last is given');
      return { pageSize: pageSize('last', last), pageToken };
    }
    if (first !== null) return { pageSize: pageSize('first', first), pageToken };
    if (byDefault === undefined) throw refusal('first', `or last must say how many items to give, 1..${MAX_PAGE_SIZE}`);
    return { pageSize: byDefault, pageToken };
  }
}

function pageSize(name: string, text: string): number {
  const size = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (size < 1 || size > MAX_PAGE_SIZE)
    throw refusal(name, `must be a whole number of 1..${MAX_PAGE_SIZE}, not "${text}"`);
  return size;
}
