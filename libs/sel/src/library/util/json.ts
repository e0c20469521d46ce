import { allocateText, burn } from '../../runtime/machine.js';
import { jsonOf } from '../../runtime/text.js';
import { argument, textArg } from '../arguments.js';
import type { Members } from '../library-class.js';
import { JsonReader } from './json-reader.js';

/** Reading this many characters costs one unit of fuel. */
const CHARS_PER_UNIT = 16;

/** JSON_TEXTS are the functions of Util that write and read JSON. */
export const JSON_TEXTS: Members = {
  'toJson/1': (call) => {
    const text = jsonOf(argument(call, 0), call.machine, call.at);
    allocateText(call.machine, text.length, call.at);
    return text;
  },
  'parseJson/1': (call) => {
    const text = textArg(call, 0);
    burn(call.machine, text.length / CHARS_PER_UNIT);
    return new JsonReader(call, text).read();
  },
};
