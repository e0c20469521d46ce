import { SelObject } from '../../runtime/value.js';
import type { Field } from './field.js';
import type { Moment } from './moment.js';

/** Property is one field of one date, a DATETIME_PROPERTY. */
export class Property extends SelObject {
  readonly type = 'DATETIME_PROPERTY';

  constructor(
    readonly moment: Moment,
    readonly field: Field,
  ) {
    super();
  }

  get value(): number {
    return this.field.get(this.moment.local);
  }

  text(): string {
    return `Property[${this.field.name}]`;
  }
}
