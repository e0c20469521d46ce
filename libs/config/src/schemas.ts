import { z } from 'zod';

/** port is a TCP port; 0 means any free one. */
export function port(): z.ZodType<number, string> {
  return integer({ min: 0, max: 65_535 });
}

/** integer is a whole number within bounds (both included). */
export function integer({ min, max }: { readonly min: number; readonly max: number }): z.ZodType<number, string> {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^-?\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** text is any text that is not empty. */
export function text(): z.ZodType<string, string> {
  return z.string().min(1, 'must not be empty');
}

/** url is an absolute URL of one of the given protocols (`postgres`, `nats`, `http`, ...). */
export function url(...protocols: readonly string[]): z.ZodType<string, string> {
  const message = `must be a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`;
  return z.string().refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)), message);
}

/** address is `host:port`, as gRPC clients dial it. */
export function address(): z.ZodType<string, string> {
  return z.string().regex(/^[^\s/]+:\d{1,5}$/, 'must be host:port');
}

/** choice is one of a closed list of words. */
export function choice<const W extends string>(words: readonly W[]): z.ZodType<W, string> {
  return z.string().transform((value, context) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    context.addIssue({ code: 'custom', message: `must be one of ${words.join(', ')}` });
    return z.NEVER;
  });
}

/** yesNo is true or false. */
export function yesNo(): z.ZodType<boolean, string> {
  return z
    .string()
    .regex(/^(true|false)$/, 'must be true or false')
    .transform((value) => value === 'true');
}

/** optional lets the empty text stand for "not given" (undefined); use it with `default: ''`. */
export function optional<T>(schema: z.ZodType<T, string>): z.ZodType<T | undefined, string> {
  return z.string().transform((value, context) => {
    if (value === '') return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', message: issue.message });
    return z.NEVER;
  });
}
