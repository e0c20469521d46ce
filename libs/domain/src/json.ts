/** Json is any JSON document with exact 64-bit integers: whole numbers are `bigint`, decimals are `number`. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** JsonObject is a JSON object; `undefined` members are treated as absent. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
