import {
  PARAM_MODES,
  type InternalParamMode,
  type ParamDefinition,
  type ParamMode,
  type ParamSource,
} from '@maestro/domain';

/** strictness orders the modes: 0 = MUTABLE. */
export function strictness(mode: ParamMode): number {
  return PARAM_MODES.indexOf(mode);
}

/** stricter gives the stricter one; an absent mode is not strict at all. */
export function stricter(mode: ParamMode, other: ParamMode | undefined): ParamMode {
  return other !== undefined && strictness(other) > strictness(mode) ? other : mode;
}

/** impliedMode is the mode that an internal mode stands for: only RESERVED restricts. */
export function impliedMode(internal: InternalParamMode | undefined): ParamMode {
  return internal === 'RESERVED' ? 'CONSTANT' : 'MUTABLE';
}

/** effectiveMode is the mode a definition has where it stands, inside of a map of `parent` mode. */
export function effectiveMode(definition: ParamDefinition, parent: ParamMode | undefined): ParamMode {
  return stricter(stricter(definition.mode ?? 'MUTABLE', impliedMode(definition.internalMode)), parent);
}

const SYSTEM_SOURCES: ReadonlySet<ParamSource> = new Set([
  'SYSTEM',
  'TEMPLATE_SCHEMA',
  'SYSTEM_INJECTED',
  'SYSTEM_DEFAULT',
]);

/** isSystemSource says whether a source is a stage of the system itself, which may change every mode. */
export function isSystemSource(source: ParamSource): boolean {
  return SYSTEM_SOURCES.has(source);
}

const ON_RESTART: readonly ParamMode[] = ['MUTABLE', 'MUTABLE_ON_START_RESTART'];
const ON_START: readonly ParamMode[] = ['MUTABLE', 'MUTABLE_ON_START', 'MUTABLE_ON_START_RESTART'];

/** allowedModes lists the modes that a source may change (spec 2.2); on a restart only what a restart may change. */
export function allowedModes(source: ParamSource, restart: boolean): readonly ParamMode[] {
  if (isSystemSource(source)) return PARAM_MODES;
  if (source === 'OUTPUT_PARAMETER') return ['MUTABLE'];
  return source === 'RESTART' || restart ? ON_RESTART : ON_START;
}
