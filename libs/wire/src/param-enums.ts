import type { InternalParamMode, ParamMode, ParamSource, ParamType } from '@maestro/domain';
import {
  InternalParamMode as InternalParamModeEnum,
  ParamMode as ParamModeEnum,
  ParamSource as ParamSourceEnum,
  ParamType as ParamTypeEnum,
} from '@maestro/proto/maestro/types/v1/param';
import { enumTable } from './enum-table.js';

export const PARAM_TYPE_TABLE = enumTable<ParamType, ParamTypeEnum>({
  STRING: ParamTypeEnum.STRING,
  LONG: ParamTypeEnum.LONG,
  DOUBLE: ParamTypeEnum.DOUBLE,
  BOOLEAN: ParamTypeEnum.BOOLEAN,
  STRING_MAP: ParamTypeEnum.STRING_MAP,
  STRING_ARRAY: ParamTypeEnum.STRING_ARRAY,
  LONG_ARRAY: ParamTypeEnum.LONG_ARRAY,
  DOUBLE_ARRAY: ParamTypeEnum.DOUBLE_ARRAY,
  BOOLEAN_ARRAY: ParamTypeEnum.BOOLEAN_ARRAY,
  MAP: ParamTypeEnum.MAP,
});

export const PARAM_MODE_TABLE = enumTable<ParamMode, ParamModeEnum>({
  MUTABLE: ParamModeEnum.MUTABLE,
  MUTABLE_ON_START_RESTART: ParamModeEnum.MUTABLE_ON_START_RESTART,
  MUTABLE_ON_START: ParamModeEnum.MUTABLE_ON_START,
  IMMUTABLE: ParamModeEnum.IMMUTABLE,
  CONSTANT: ParamModeEnum.CONSTANT,
});

export const INTERNAL_PARAM_MODE_TABLE = enumTable<InternalParamMode, InternalParamModeEnum>({
  REQUIRED: InternalParamModeEnum.REQUIRED,
  OPTIONAL: InternalParamModeEnum.OPTIONAL,
  PROVIDED: InternalParamModeEnum.PROVIDED,
  RESERVED: InternalParamModeEnum.RESERVED,
});

export const PARAM_SOURCE_TABLE = enumTable<ParamSource, ParamSourceEnum>({
  SYSTEM: ParamSourceEnum.SYSTEM,
  TEMPLATE_SCHEMA: ParamSourceEnum.TEMPLATE_SCHEMA,
  SYSTEM_INJECTED: ParamSourceEnum.SYSTEM_INJECTED,
  SYSTEM_DEFAULT: ParamSourceEnum.SYSTEM_DEFAULT,
  DEFINITION: ParamSourceEnum.DEFINITION,
  SIGNAL: ParamSourceEnum.SIGNAL,
  TIME_TRIGGER: ParamSourceEnum.TIME_TRIGGER,
  OUTPUT_PARAMETER: ParamSourceEnum.OUTPUT_PARAMETER,
  LAUNCH: ParamSourceEnum.LAUNCH,
  RESTART: ParamSourceEnum.RESTART,
  SUBWORKFLOW: ParamSourceEnum.SUBWORKFLOW,
  TEMPLATE: ParamSourceEnum.TEMPLATE,
  FOREACH: ParamSourceEnum.FOREACH,
  WHILE: ParamSourceEnum.WHILE,
  WORKFLOW_PARAMETER: ParamSourceEnum.WORKFLOW_PARAMETER,
});
