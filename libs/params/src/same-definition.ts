import type { ParamDefinition, ParamMode, ParamValue } from '@maestro/domain';
import { effectiveMode } from './modes.js';
import { own } from './record.js';

/**
 * sameDefinition says whether two definitions of one param mean the same: type, value, expression, mode, tags and
 * validator; meta and source do not count (spec 2.3, rule 5).
 */
export function sameDefinition(left: ParamDefinition, right: ParamDefinition, parent: ParamMode | undefined): boolean {
  const mode = effectiveMode(left, parent);
  return (
    left.type === right.type &&
    left.expression === right.expression &&
    left.validator === right.validator &&
    mode === effectiveMode(right, parent) &&
    sameTags(left.tags ?? [], right.tags ?? []) &&
    sameValues(left, right, mode)
  );
}

function sameTags(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((tag) => right.includes(tag));
}

function sameValues(left: ParamDefinition, right: ParamDefinition, parent: ParamMode): boolean {
  if (left.type !== 'MAP' || right.type !== 'MAP') return sameLiterals(left.value as Plain, right.value as Plain);
  if (left.value === undefined || right.value === undefined) return left.value === right.value;
  const [leftEntries, rightMap] = [Object.entries(left.value), right.value];
  if (leftEntries.length !== Object.keys(rightMap).length) return false;
  return leftEntries.every(([key, child]) => {
    const other = own(rightMap, key);
    return other !== undefined && sameDefinition(child, other, parent);
  });
}

type Plain = ParamValue | undefined;

function sameLiterals(left: Plain, right: Plain): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  const leftEntries: readonly [string, ParamValue][] = Object.entries(left);
  if (leftEntries.length !== Object.keys(right).length) return false;
  return leftEntries.every(([key, item]) => own(right as Readonly<Record<string, ParamValue>>, key) === item);
}
