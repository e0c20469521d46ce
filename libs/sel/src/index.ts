export { compile, createCompiler, type CompileOptions, type Compiled, type Compiler } from './language/compiler.js';
export { dataJson, dataText, doubleText } from './runtime/text.js';
export {
  dataTypeOf,
  exportData,
  isDataArray,
  type DataType,
  type SelData,
  type SelDataArray,
  type SelDataMap,
} from './runtime/data.js';
export { NO_ENVIRONMENT, seededRandom, type Environment } from './runtime/environment.js';
export { evaluate, evaluateMetered, type MeteredSetting, type Outcome } from './runtime/evaluate.js';
export { HostError, SelError, type SelErrorKind } from './runtime/error.js';
export { MAX_TEXT_CHARS, PRESETS, type Limits } from './runtime/limits.js';
export { fillTank, type Tank } from './runtime/machine.js';
export { paramsScope, type ParamFunctions, type Scope } from './runtime/scope.js';
export {
  SelArray,
  SelMap,
  SelObject,
  typeOf,
  VOID,
  type ElementType,
  type SelResult,
  type SelScalar,
  type SelType,
  type SelValue,
} from './runtime/value.js';
export { analyse, type Analysis, type StaticProblem } from './analysis/analyse.js';
export { unknownName, type Known, type Refusal, type TypeEnvironment } from './analysis/environment.js';
export { inferType, type Inference } from './analysis/infer-type.js';
export { namesRead } from './analysis/names-read.js';
export { type StaticType } from './analysis/static-type.js';
