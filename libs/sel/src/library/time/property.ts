import { allocateText, burn } from '../../runtime/machine.js';
import type { SelValue } from '../../runtime/value.js';
import { wrongReceiver } from '../arguments.js';
import type { Call, LibraryClass } from '../library-class.js';
import { DAY } from './civil.js';
import { payForDate } from './date-arguments.js';
import { withField } from './moment-fields.js';
import { Moment } from './moment.js';
import { textOfObject } from './object-text.js';
import { Property } from './property-value.js';
import { TimeProblem, withTimeProblems } from './time-problem.js';
import { changeWithin } from './zone.js';

/** The longest name of a value. */
const TEXT_WIDTH = 16;
/** Questions that looking for the end of a gap asks the zone. */
const SEARCH_LOOKUPS = 60;

/** PROPERTY_CLASS is Property: a field of a date as `dt.monthOfYear()` gives it. */
export const PROPERTY_CLASS: LibraryClass = {
  names: ['Property'],
  type: 'DATETIME_PROPERTY',
  methods: withTimeProblems({
    'get/0': (call) => BigInt(receiver(call).value),
    'getAsText/0': asText,
    'getMinimumValue/0': (call) => BigInt(range(receiver(call))[0]),
    'getMaximumValue/0': (call) => BigInt(range(receiver(call))[1]),
    'withMinimumValue/0': (call) => atEnd(call, 0),
    'withMaximumValue/0': (call) => atEnd(call, 1),
    'toString/0': textOfObject,
  }),
};

function receiver(call: Call): Property {
  if (call.receiver instanceof Property) return call.receiver;
  throw wrongReceiver(call, 'DATETIME_PROPERTY');
}

function range({ moment, field }: Property): readonly [number, number] {
  return field.range(moment.local);
}

function asText(call: Call): SelValue {
  const { field, value } = receiver(call);
  allocateText(call.machine, TEXT_WIDTH, call.at);
  return field.text?.(value) ?? String(value);
}

/** Where the zone skips the smallest or largest value, the edge of the gap, as Joda has it. */
function atEnd(call: Call, end: 0 | 1): SelValue {
  const property = receiver(call);
  const { moment, field } = property;
  payForDate(call, moment.zone);
  try {
    return withField(moment, field, range(property)[end]);
  } catch (error) {
    if (!(error instanceof TimeProblem)) throw error;
    burn(call.machine, SEARCH_LOOKUPS * moment.zone.lookupCost);
    return edgeOfGap(moment, end) ?? fail(error);
  }
}

function edgeOfGap({ ms, zone }: Moment, end: 0 | 1): Moment | undefined {
  const change = end === 0 ? changeWithin(zone, ms - DAY, ms) : changeWithin(zone, ms, ms + DAY);
  return change === undefined ? undefined : new Moment(end === 0 ? change : change - 1, zone);
}

function fail(error: TimeProblem): never {
  throw error;
}
