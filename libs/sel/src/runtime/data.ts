import { Fault } from './error.js';
import { allocateItems, allocateText, burn, type Machine } from './machine.js';
import {
  MAX_NESTING,
  SelArray,
  SelMap,
  elementTypeOf,
  type ElementType,
  type SelResult,
  type SelScalar,
  type SelValue,
  SelObject,
  VOID,
} from './value.js';

/** SelData is what hosts give to and get from expressions: immutable plain data. LONG is a bigint that fits 64 bits. */
export type SelData = SelScalar | null | SelDataArray | SelDataMap;

/** SelDataArray is a STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY or BOOLEAN_ARRAY; an empty one fits each of them. */
export type SelDataArray = readonly string[] | readonly bigint[] | readonly number[] | readonly boolean[];

/** SelDataMap is a MAP: string keys, any values. */
export type SelDataMap = ReadonlyMap<string, SelData>;

/** isDataArray tells arrays from everything else (`Array.isArray` does not narrow readonly arrays). */
export function isDataArray(data: SelData): data is SelDataArray {
  return Array.isArray(data);
}

/** DataType names the types of SelData; EMPTY_ARRAY fits each array type. */
export type DataType = ElementType | `${ElementType}_ARRAY` | 'EMPTY_ARRAY' | 'MAP' | 'NULL';

/** dataTypeOf names the type of host data. */
export function dataTypeOf(data: SelData): DataType {
  if (data === null) return 'NULL';
  if (typeof data !== 'object') return elementTypeOf(data);
  if (!isDataArray(data)) return 'MAP';
  return data[0] === undefined ? 'EMPTY_ARRAY' : `${elementTypeOf(data[0])}_ARRAY`;
}

/**
 * importData gives host data to an evaluation: arrays and maps are copied, once an evaluation, and charged for. So no
 * expression can change its host, and naming the same data twice gives the same object.
 */
export function importData(machine: Machine, data: SelData): SelValue {
  return typeof data === 'object' && data !== null ? importObject(machine, data, 0) : data;
}

function importObject(machine: Machine, data: SelDataArray | SelDataMap, depth: number): SelValue {
  if (depth > MAX_NESTING)
    throw new Fault('limit', `a value is nested more than ${MAX_NESTING} levels deep`, machine.at);
  const known = machine.imported?.get(data);
  if (known) return known;
  const copy = isDataArray(data) ? importArray(machine, data) : importMap(machine, data, depth);
  machine.imported ??= new Map();
  machine.imported.set(data, copy);
  return copy;
}

function importArray(machine: Machine, data: SelDataArray): SelArray {
  burn(machine, data.length / ITEMS_PER_UNIT);
  allocateText(machine, 0, machine.at);
  return new SelArray(data[0] === undefined ? undefined : elementTypeOf(data[0]), [...data]);
}

function importMap(machine: Machine, data: SelDataMap, depth: number): SelMap {
  burn(machine, data.size);
  allocateText(machine, 0, machine.at);
  const copy = new SelMap();
  for (const [key, item] of data) {
    copy.entries.set(key, typeof item === 'object' && item !== null ? importObject(machine, item, depth + 1) : item);
  }
  return copy;
}

/** Copying this many items costs one unit of fuel. */
const ITEMS_PER_UNIT = 16;

/**
 * exportData gives the result of an evaluation back; undefined for what is no data: VOID, NULL inside of arrays or maps,
 * dates and the like. The evaluation has weighed its result (see weigh), so this stays within its limits.
 */
export function exportData(value: SelResult): SelData | undefined {
  if (value === VOID || value instanceof SelObject) return undefined;
  if (value instanceof SelArray) return value.items.includes(null) ? undefined : (value.items as SelDataArray).slice();
  return value instanceof SelMap ? exportMap(value) : value;
}

function exportMap(map: SelMap): SelDataMap | undefined {
  const copy = new Map<string, SelData>();
  for (const [key, item] of map.entries) {
    const data = item === null ? undefined : exportData(item);
    if (data === undefined) return undefined;
    copy.set(key, data);
  }
  return copy;
}

/**
 * weigh charges for a result as it looks from outside, where shared parts count each time: a few shared maps can stand
 * for billions of entries. Refuses maps that contain themselves.
 */
export function weigh(machine: Machine, value: SelResult, depth = 0): void {
  if (typeof value !== 'object' || value === null || value instanceof SelObject) return;
  if (depth > MAX_NESTING) {
    throw new Fault('limit', `the result is nested more than ${MAX_NESTING} levels deep or contains itself`, 0);
  }
  if (value instanceof SelArray) return allocateItems(machine, value.items.length, 0);
  burn(machine, value.entries.size);
  for (const [key, item] of value.entries) {
    allocateText(machine, key.length, 0);
    weigh(machine, item, depth + 1);
  }
}
