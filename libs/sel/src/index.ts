export { compile, createCompiler, MAX_TEXT_CHARS, type Compiled, type Compiler } from './compiler.js';
export { evaluate, evaluateMetered, PRESETS, type Limits, type Outcome } from './evaluate.js';
export { HostError, SelError, type SelErrorKind } from './error.js';
export { type Tank } from './machine.js';
export { paramsScope, type ParamFunctions, type Scope } from './scope.js';
export { doubleText, jsonOf, textOf } from './text.js';
export { notYet } from './unsupported.js';
export {
  isSelArray,
  typeOf,
  type SelArray,
  type SelMap,
  type SelScalar,
  type SelType,
  type SelValue,
} from './value.js';
