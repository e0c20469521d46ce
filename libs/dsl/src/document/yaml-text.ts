import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { SyntaxProblem, TOO_DEEP } from './json-text.js';
import { placeAt } from './place.js';
import { DecimalText, MAX_NESTING, type Raw } from './raw.js';

/** A definition has at most some ten thousand values; aliases that unfold to more than this are an attack. */
const MAX_NODES = 200_000;
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** yamlDocument parses YAML (or JSON, which YAML includes) and keeps the places of everything. */
export function yamlDocument(text: string): Document.Parsed {
  return parseDocument(text, {
    intAsBigInt: true,
    // The library compares every key with every other: slow for hostile input. Unfolding looks them up.
    uniqueKeys: false,
    strict: true,
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
}

/** yamlProblem is what the YAML parser found, with its place. */
export function yamlProblem(text: string, error: YAMLError): SyntaxProblem {
  // The parser gives up on deep nesting by itself.
  const message = /call stack/i.test(error.message) ? TOO_DEEP : error.message;
  return new SyntaxProblem(message, placeAt(text, error.pos[0]));
}

function scalarRaw(scalar: Scalar): Raw {
  const { value, source } = scalar;
  if (typeof value === 'number') return source !== undefined && DECIMAL.test(source) ? new DecimalText(source) : value;
  return value as Raw;
}

/** The text of a key, as it was written: `1: x` and `true: x` have the keys "1" and "true". */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** Unfolding turns nodes into plain values within a budget, following aliases. */
class Unfolding {
  private nodes = 0;
  /** The library searches the whole document for each alias; anchors come before their aliases, so a note of them does. */
  private readonly anchors = new Map<string, unknown>();

  constructor(private readonly text: string) {}

  raw(node: unknown, depth = 0): Raw {
    if (++this.nodes > MAX_NODES) throw new SyntaxProblem('aliases unfold to too many values', undefined);
    if (depth > MAX_NESTING) throw new SyntaxProblem(TOO_DEEP, this.place(node));
    if (isAlias(node)) return this.raw(this.anchors.get(node.source), depth + 1);
    if (isNode(node) && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return scalarRaw(node);
    if (isSeq(node)) return node.items.map((item) => this.raw(item, depth + 1));
    return isMap(node) ? this.members(node, depth + 1) : null;
  }

  private members(node: YAMLMap, depth: number): Raw {
    const members = new Map<string, Raw>();
    for (const { key, value } of node.items) {
      const name = this.key(key);
      if (members.has(name)) throw new SyntaxProblem(`the key "${name}" is written twice`, this.place(key));
      members.set(name, this.raw(value, depth));
    }
    return Object.fromEntries(members);
  }

  private key(key: unknown): string {
    const text = keyText(key);
    if (text === undefined) throw new SyntaxProblem('a key must be plain text', this.place(key));
    return text;
  }

  private place(node: unknown): { line: number; column: number } | undefined {
    const range = (node as Node | null)?.range;
    return range ? placeAt(this.text, range[0]) : undefined;
  }
}

/**
 * rawFromYaml turns a parsed document into plain values; throws SyntaxProblem for keys written twice and for
 * aliases that unfold without end.
 */
export function rawFromYaml(document: Document.Parsed, text: string): Raw {
  return new Unfolding(text).raw(document.contents);
}
