import type { JsonObject } from './json.js';

/** User is a person or service by name, with whatever else the caller told. */
export interface User {
  readonly name: string;
  readonly extra?: JsonObject;
}
