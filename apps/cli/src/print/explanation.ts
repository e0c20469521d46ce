import type { ExplainBody, ExplainedTriggersBody } from '../api/bodies.js';
import type { Cli } from '../cli.js';
import { instantText } from './time.js';

/** explanationText is one thing that explains why something does not move, or that it moves. */
export function explanationText(
  { step_id: step, kind, message, since, until, remedy }: ExplainBody['explanations'][number],
  colors: Cli['colors'],
  now: number,
): string {
  const lines = [
    `  ${step === undefined ? '' : `${colors.bold(step)} `}${message} ${colors.dim(`(${kind})`)}`,
    ...(since === undefined ? [] : [`    since ${instantText(since, now)}`]),
    ...(until === undefined ? [] : [`    until ${instantText(until, now)}`]),
    ...(remedy === undefined ? [] : [`    ${colors.cyan('→')} ${remedy}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** explainedTriggersText: each trigger with why it fired or does not. */
export function explainedTriggersText(
  { findings, triggers }: ExplainedTriggersBody,
  nameOf: (trigger: ExplainedTriggersBody['triggers'][number]) => string,
  { colors, now }: Cli,
): string {
  const textOf = (each: ExplainedTriggersBody['findings'][number]): string => explanationText(each, colors, now());
  const named = triggers.map((each) => `${colors.bold(nameOf(each))}\n${each.findings.map(textOf).join('')}`);
  return [...findings.map(textOf), ...named].join('');
}
