import { isAlias, isMap, isSeq, type Document, type Node, type Pair } from 'yaml';
import { keyText } from './yaml-text.js';
import { placeAt, type Place } from './place.js';

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
    let node: unknown = this.document.contents;
    let offset = offsetOf(node);
    for (const key of keys) {
      if (isAlias(node)) node = node.resolve(this.document);
      const pair = pairOf(node, key);
      const next: unknown = pair ? pair.value : isSeq(node) && typeof key === 'number' ? node.items[key] : undefined;
      if (pair === undefined && next === undefined) break;
      offset = offsetOf(pair?.key ?? next) ?? offset;
      node = next;
    }
    return offset === undefined ? undefined : placeAt(this.text, offset);
  }
}
