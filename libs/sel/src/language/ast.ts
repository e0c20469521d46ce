import type { SelScalar } from '../runtime/value.js';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=' | '==' | '!=';
export type LogicOperator = '&&' | '||';
export type UnaryOperator = '+' | '-' | '!';

interface NodeCommon {
  /** Offset in the text that errors point at. */
  readonly at: number;
  /** Nodes on the longest way down; bounded, so that no expression can overflow the stack of whoever walks it. */
  readonly height: number;
}

export type ExpressionShape =
  | { readonly kind: 'literal'; readonly value: SelScalar | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'logic'; readonly operator: LogicOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'ternary'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  | { readonly kind: 'field'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly object: Expression; readonly name: string; readonly args: readonly Expression[] };

export type Expression = ExpressionShape & NodeCommon;

export type Statement =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'return'; readonly expression: Expression };

export type Program = readonly Statement[];
