import type { ParamValue } from '@maestro/domain';
import { dataJson, dataText } from '@maestro/sel';
import { toSelData } from './sel-conversion.js';

/** paramValueToText is a value as interpolation shows it: text as it is, arrays and maps as JSON, 64-bit integers exact. */
export function paramValueToText(value: ParamValue): string {
  return dataText(toSelData(value));
}

/** paramValueToJson is the exact JSON of a value. */
export function paramValueToJson(value: ParamValue): string {
  return dataJson(toSelData(value));
}
