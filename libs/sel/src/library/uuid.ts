import { allocateText } from '../runtime/machine.js';
import type { Machine } from '../runtime/machine.js';
import { SelObject } from '../runtime/value.js';
import { argument, wrongReceiver } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';

/** Uuid is a random UUID (version 4, RFC 9562). */
export class Uuid extends SelObject {
  readonly type = 'UUID';

  constructor(private readonly hex: string) {
    super();
  }

  text(): string {
    return this.hex;
  }
}

/** UUID_CLASS makes ids out of the randomness that the host gives. */
export const UUID_CLASS: LibraryClass = {
  names: ['UUID'],
  type: 'UUID',
  statics: { 'randomUUID/0': randomUuid },
  methods: {
    'toString/0': (call) => {
      allocateText(call.machine, UUID_CHARS, call.at);
      return receiver(call).text();
    },
    'equals/1': (call) => {
      const other = argument(call, 0);
      return other instanceof Uuid && other.text() === receiver(call).text();
    },
  },
};

const UUID_CHARS = 36;

function randomUuid({ machine, at }: Call): Uuid {
  allocateText(machine, UUID_CHARS, at);
  const variant = (8 + Math.floor(machine.environment.random() * 4)).toString(16);
  return new Uuid(
    `${hex(machine, 8)}-${hex(machine, 4)}-4${hex(machine, 3)}-${variant}${hex(machine, 3)}-${hex(machine, 12)}`,
  );
}

function hex(machine: Machine, digits: number): string {
  const value = Math.floor(machine.environment.random() * 16 ** digits);
  return value.toString(16).padStart(digits, '0');
}

function receiver(call: Call): Uuid {
  if (call.receiver instanceof Uuid) return call.receiver;
  throw wrongReceiver(call, 'UUID');
}
