import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal, step, text } from './runs.js';
import type { System } from './system.js';

/** Gate holds steps until a test opens it. */
export class Gate {
  /** Exists once the gate is open. */
  readonly file: string;

  constructor(system: System, name: string) {
    this.file = join(system.dataDir, `${name}.gate`);
  }

  /** A Shell step that ends well once the gate is open. */
  step(id: string, more: Record<string, unknown> = {}): unknown {
    const script = literal('until [ -e "$MAESTRO_PARAM_GATE" ]; do sleep 0.05; done');
    return step(id, 'Shell', { params: { script, gate: text(this.file) }, ...more });
  }

  open(): void {
    writeFileSync(this.file, '');
  }
}
