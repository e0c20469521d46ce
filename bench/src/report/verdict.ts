import type { Figure } from '../works/work.js';

/** isMet: does the value reach the target? */
export function isMet({ target, better }: Figure, value: number): boolean {
  return better === 'less' ? value <= target : value >= target;
}

/** verdict words whether a value reaches its target, and by how much it does not: `missed by 1.40x`. */
export function verdict(figure: Figure, value: number): string {
  if (isMet(figure, value)) return 'met';
  const factor = figure.better === 'less' ? value / figure.target : figure.target / value;
  return `missed by ${factor.toFixed(2)}x`;
}
