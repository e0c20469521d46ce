import { docker } from './docker/docker.js';
import { echo } from './echo/echo.js';
import { http } from './http/http.js';
import { kubernetes } from './kubernetes/kubernetes.js';
import { noOp } from './no-op/no-op.js';
import { notebook } from './notebook/notebook.js';
import { python } from './python/python.js';
import { shell } from './shell/shell.js';
import { sleep } from './sleep/sleep.js';
import { sql } from './sql/sql.js';
import type { StepType } from './step-type.js';
import { titus } from './titus/titus.js';

/** STEP_TYPES are all leaf step types there are. To add one: a folder beside the others and a line here. */
export const STEP_TYPES: readonly StepType[] = [
  noOp,
  sleep,
  echo,
  shell,
  http,
  python,
  sql,
  docker,
  kubernetes,
  notebook,
  titus,
];

const byName = new Map(STEP_TYPES.map((type) => [type.name.toLowerCase(), type]));

/** stepType finds a leaf step type by its name in any case; undefined when there is none. */
export function stepType(name: string): StepType | undefined {
  return byName.get(name.toLowerCase());
}
