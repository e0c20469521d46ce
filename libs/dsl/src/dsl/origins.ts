import { child, pathText, segments, type Path } from '../reading/path.js';

interface Origin {
  readonly path: Path;
  /** The place was rewritten as a whole: what lies below it has no place of its own in the text. */
  readonly whole: boolean;
}

/** Origins remembers which place of a DSL text each place of the model was made from. */
export class Origins {
  private readonly origins = new Map<string, Origin>();

  /** keep: what lies below `model` has the same keys below `dsl`. */
  keep(model: Path, dsl: Path): void {
    this.origins.set(pathText(model), { path: dsl, whole: false });
  }

  /** rewrite: all that lies below `model` was made from what is written at `dsl`. */
  rewrite(model: Path, dsl: Path): void {
    this.origins.set(pathText(model), { path: dsl, whole: true });
  }

  /** of is the path in the DSL text that a path of the model came from. */
  of(model: Path): Path {
    const below: (string | number)[] = [];
    for (let at: Path = model; at.parent !== undefined; at = at.parent) {
      const origin = this.origins.get(pathText(at));
      if (origin !== undefined) return origin.whole ? origin.path : below.reduce(child, origin.path);
      below.unshift(at.key);
    }
    return segments(model).reduce<Path>(child, { key: '' });
  }
}
