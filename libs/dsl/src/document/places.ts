import type { TextPosition } from '@maestro/domain';
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import { keyText } from './yaml-text.js';
import { placeAt, type Place } from './place.js';
import { placeInScalar } from './scalar-place.js';

type Key = string | number;

function pairOf(node: unknown, key: Key): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => keyText(pair.key) === String(key)) : undefined;
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** Places finds where in the text something of a document is. */
export class Places {
  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
  ) {}

  /** of is the place of a member's key or a list's item; of the closest thing around it when it is not in the text. */
  of(keys: readonly Key[]): Place | undefined {
    const { offset } = this.find(keys);
    return offset === undefined ? undefined : placeAt(this.text, offset);
  }

  /** within is a position inside of a text, such as an expression; the place of what holds it when it cannot be told. */
  within(keys: readonly Key[], position: TextPosition): Place | undefined {
    return placeInScalar(this.text, this.textNode(keys), position) ?? this.of(keys);
  }

  /** textAt is the text, such as an expression, that something of a document is. */
  textAt(keys: readonly Key[]): string | undefined {
    const node = this.textNode(keys);
    return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
  }

  /** A param is written as its expression or value, in the DSL right at its key. */
  private textNode(keys: readonly Key[]): unknown {
    const found = [['expression'], ['value'], []].map((below) => this.find([...keys, ...below]));
    return found.find(({ node, isWhole }) => isWhole && isScalar(node))?.node;
  }

  private find(keys: readonly Key[]): Found {
    let node: unknown = this.document.contents;
    let offset = offsetOf(node);
    for (const key of keys) {
      if (isAlias(node)) node = node.resolve(this.document);
      const pair = pairOf(node, key);
      const next: unknown = pair ? pair.value : isSeq(node) && typeof key === 'number' ? node.items[key] : undefined;
      if (pair === undefined && next === undefined) return { node, offset, isWhole: false };
      offset = offsetOf(pair?.key ?? next) ?? offset;
      node = next;
    }
    return { node, offset, isWhole: true };
  }
}

interface Found {
  readonly node: unknown;
  readonly offset: number | undefined;
  /** All keys led somewhere. */
  readonly isWhole: boolean;
}
