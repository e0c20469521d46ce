import type { ParamType } from '@maestro/domain';
import { analyse, type TypeEnvironment } from '@maestro/sel';
import { selFailure } from '../failure.js';
import { positionIn } from '../position.js';
import { renderTemplate } from '../template.js';
import { callType } from './functions.js';
import { lookupName, typeOfName } from './names.js';
import type { Place } from './place.js';
import type { DefinitionProblem } from './problem.js';
import { fitOf } from './static-types.js';

/** TextFacts are what a check found out about one text. */
export interface TextFacts {
  readonly problems: readonly DefinitionProblem[];
  /** Names that every evaluation of the text reads. */
  readonly reads: ReadonlySet<string>;
}

/** Written is a text of a definition, and where it stands. */
export interface Written {
  readonly text: string;
  readonly path: string;
  readonly place: Place;
}

/** checkExpression checks an expression whose result has to become the type. */
export function checkExpression({ text, path, place }: Written, type: ParamType): TextFacts {
  const { problems, type: result, reads } = analyse(text, environmentOf(place));
  const found = problems.map(({ error, certain }) => ({ ...selFailure(path, error).violation, certain }));
  const fit = found.length > 0 ? 'perhaps' : fitOf(result, type);
  if (fit !== 'perhaps') {
    const message = `is expected to be a ${type} but its expression gives a ${result}`;
    found.push({ path, message, ...wholeOf(text), kind: 'type', certain: fit === 'never' });
  }
  return { problems: found, reads: certainReads(reads) };
}

/** What is wrong with an expression as a whole is shown where it begins. */
function wholeOf(text: string): Pick<DefinitionProblem, 'line' | 'column' | 'excerpt'> {
  return positionIn(text, Math.max(0, text.search(/\S/)));
}

/** checkCondition checks an expression that has to be a BOOLEAN: nothing is converted. */
export function checkCondition(written: Written): readonly DefinitionProblem[] {
  const trimmed = written.text.trim();
  if (trimmed === 'true' || trimmed === 'false') return [];
  const { problems, type } = analyse(written.text, environmentOf(written.place));
  const found = problems.map(({ error, certain }) => ({ ...selFailure(written.path, error).violation, certain }));
  if (found.length > 0 || type === 'BOOLEAN' || type === 'UNKNOWN') return found;
  const message = `is expected to be a BOOLEAN but gives a ${type}`;
  return [{ path: written.path, message, ...wholeOf(written.text), kind: 'type', certain: true }];
}

/** checkTemplate checks the names in `${}` of a text. */
export function checkTemplate({ text, path, place }: Written): TextFacts {
  const problems: DefinitionProblem[] = [];
  const reads = new Set<string>();
  renderTemplate(text, (name, offset) => {
    const known = lookupName(place, name);
    reads.add(name);
    if ('type' in known) return '';
    const { kind, message, unknownName, uncertain } = known.refusal;
    const reason = unknownName === undefined ? { kind } : { kind, unknownName };
    problems.push({ path, message, ...positionIn(text, offset), ...reason, certain: uncertain !== true });
    return '';
  });
  return { problems, reads };
}

function environmentOf(place: Place): TypeEnvironment {
  return {
    lookup: (name) => lookupName(place, name),
    typeOf: (name) => typeOfName(place, name),
    call: (fn, args) => callType(place, fn, args),
  };
}

function certainReads(reads: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  return new Set([...reads].filter(([, certain]) => certain).map(([name]) => name));
}
