import type { MaestroEvent } from './maestro-event.js';

/** EventEncoding is one of the formats in which events are published. */
export interface EventEncoding {
  readonly format: 'json' | 'protobuf';
  readonly contentType: string;
  encode(event: MaestroEvent): Uint8Array;
}
