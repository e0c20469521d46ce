/** The part of pg's inner `utils` used by the pipeline: the text form that `pg` itself gives to a bound value. */
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
