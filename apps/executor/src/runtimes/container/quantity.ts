import { StepFailure } from '../process/step-failure.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** bytesOf reads a size as Kubernetes writes it (`512Mi`, `2G`); a bare number is bytes. Throws a StepFailure. */
export function bytesOf(text: string, name: string): number {
  const [matched, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]{0,2})$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (matched === undefined || factor === undefined) {
    throw new StepFailure('FATAL_ERROR', `"${name}" must be a size such as 512Mi or 2G, not "${text}".`);
  }
  return Math.floor(Number(number) * factor);
}

/** cpusOf reads processors as Kubernetes writes them: `2`, `0.5` or `500m`. Throws a StepFailure. */
export function cpusOf(text: string, name: string): number {
  const [matched, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text.trim()) ?? [];
  const cpus = Number(number) / (milli === 'm' ? 1_000 : 1);
  if (matched === undefined || cpus <= 0) {
    throw new StepFailure(
      'FATAL_ERROR',
      `"${name}" must be a number of processors such as 2, 0.5 or 500m, not "${text}".`,
    );
  }
  return cpus;
}
