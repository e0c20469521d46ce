type Range = readonly [least: number, most: number];

/** Fields of Unix cron and of Quartz, in order. */
const MINUTE: Range = [0, 59];
const HOUR: Range = [0, 23];
const DAY: Range = [1, 31];
const MONTH: Range = [1, 12];
const UNIX: readonly Range[] = [MINUTE, HOUR, DAY, MONTH, [0, 7]];
const QUARTZ: readonly Range[] = [[0, 59], MINUTE, HOUR, DAY, MONTH, [1, 7], [1970, 2199]];

const FIELD = /^[\dA-Za-z*/,\-?#]+$/;

function fieldProblem(field: string, [least, most]: Range): string | undefined {
  if (!FIELD.test(field)) return `"${field}" is not a cron field`;
  // What follows a slash or # is a step or an occurrence, not a value of the field.
  const values = field.replace(/[/#]\d+/g, '').match(/\d+/g) ?? [];
  const bad = values.find((value) => Number(value) < least || Number(value) > most);
  return bad === undefined ? undefined : `${bad} in "${field}" is outside ${least} to ${most}`;
}

/** cronProblem says what is plainly wrong with a cron expression: its number of fields, or a value out of range. */
export function cronProblem(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const ranges = fields.length === 5 ? UNIX : QUARTZ;
  if (cron.trim() === '' || fields.length < 5 || fields.length > 7)
    return `needs 5 fields (Unix) or 6 to 7 (Quartz), not ${cron.trim() === '' ? 0 : fields.length}`;
  const found = fields
    .map((field, index) => fieldProblem(field, ranges[index] ?? MINUTE))
    .find((each) => each !== undefined);
  return found === undefined ? undefined : `is not a cron expression: ${found}`;
}
