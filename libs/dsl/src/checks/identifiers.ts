import { MAX_ID_LENGTH, MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '@maestro/domain';
import type { Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';

const WORKFLOW_ID = /^[_a-zA-Z0-9][.\-_a-zA-Z0-9]*$/;
const REFERENCE_ID = /^[_a-zA-Z][.\-_a-zA-Z0-9]*$/;
const CONSTRAINED_NAME = /^[\w .,:@&='(){}$+[\]\-/\\]+$/;
/** SEPARATOR joins a step and its param in references (`step__param`), so that no id may hold it. */
const SEPARATOR = '__';

function reserved(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith('maestro_')) return 'must not start with "maestro_", which is reserved';
  return lower.endsWith('_maestro') ? 'must not end with "_maestro", which is reserved' : undefined;
}

function shown(id: string): string {
  return JSON.stringify(id.length > 60 ? `${id.slice(0, 57)}...` : id);
}

/** workflowIdProblem says what is wrong with a workflow id, if anything. */
export function workflowIdProblem(id: string): string | undefined {
  if (id === '') return 'must not be empty';
  if (id.length > MAX_ID_LENGTH) return `has ${id.length} characters; at most ${MAX_ID_LENGTH} are allowed`;
  if (!WORKFLOW_ID.test(id))
    return `${shown(id)} may hold letters, digits and . - _ only, and starts with a letter, digit or _`;
  return reserved(id);
}

/** referenceIdProblem says what is wrong with the id of a step, param or job template, if anything. */
export function referenceIdProblem(id: string): string | undefined {
  if (id === '') return 'must not be empty';
  if (id.length > MAX_ID_LENGTH) return `has ${id.length} characters; at most ${MAX_ID_LENGTH} are allowed`;
  if (!REFERENCE_ID.test(id))
    return `${shown(id)} may hold letters, digits and . - _ only, and starts with a letter or _`;
  if (id.includes(SEPARATOR))
    return `${shown(id)} must not contain "${SEPARATOR}", which joins a step and its param in references`;
  return id.toLowerCase().startsWith('maestro_') ? reserved(id) : undefined;
}

/** constrainedNameProblem says what is wrong with the name of a tag or signal, if anything. */
export function constrainedNameProblem(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (name.length > MAX_NAME_LENGTH) return `has ${name.length} characters; at most ${MAX_NAME_LENGTH} are allowed`;
  if (!CONSTRAINED_NAME.test(name)) return `${shown(name)} holds characters that names may not have`;
  return reserved(name);
}

/** checkLength notes text that is longer than allowed. */
export function checkLength(text: string | undefined, limit: number, path: Path, problems: Problems): void {
  if (text !== undefined && text.length > limit)
    problems.add(path, `has ${text.length} characters; at most ${limit} are allowed`);
}

/** checkText notes free text (descriptions, expressions) beyond the limit. */
export function checkText(text: string | undefined, path: Path, problems: Problems): void {
  checkLength(text, MAX_TEXT_LENGTH, path, problems);
}

/** checkRange notes a number outside its limits. */
export function checkRange(
  value: number | undefined,
  [least, most]: readonly [number, number],
  path: Path,
  problems: Problems,
): void {
  if (value !== undefined && (value < least || value > most))
    problems.add(path, `is ${value}; it must be ${least} to ${most}`);
}

/** note adds a problem when there is one. */
export function note(problem: string | undefined, path: Path, problems: Problems): void {
  if (problem !== undefined) problems.add(path, problem);
}
