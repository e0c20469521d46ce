export { compile, createCompiler, MAX_TEXT_CHARS, type Compiled, type Compiler } from './language/compiler.js';
export { evaluate, evaluateMetered, PRESETS, type Limits, type Outcome } from './runtime/evaluate.js';
export { HostError, SelError, type SelErrorKind } from './runtime/error.js';
export { type Tank } from './runtime/machine.js';
export { paramsScope, type ParamFunctions, type Scope } from './runtime/scope.js';
export { doubleText, jsonOf, textOf } from './runtime/text.js';
export { notYet } from './runtime/unsupported.js';
export {
  isSelArray,
  typeOf,
  type SelArray,
  type SelMap,
  type SelScalar,
  type SelType,
  type SelValue,
} from './runtime/value.js';
