import type { SelScalar } from '../runtime/value.js';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=' | '==' | '!=';
export type LogicOperator = '&&' | '||';
export type UnaryOperator = '+' | '-' | '!';
export type AssignOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=';

interface NodeCommon {
  /** Offset in the text that errors point at. */
  readonly at: number;
  /** Nodes on the longest way down; bounded, so that no text can overflow the stack of whoever walks it. */
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
  | { readonly kind: 'call'; readonly object: Expression; readonly name: string; readonly args: readonly Expression[] }
  /** `name = value`, `name[index] += value`. */
  | {
      readonly kind: 'assign';
      readonly name: string;
      readonly index?: Expression;
      readonly operator: AssignOperator;
      readonly value: Expression;
    }
  /** `new Name(args)`. */
  | { readonly kind: 'new'; readonly className: string; readonly args: readonly Expression[] }
  /** `new T[size]`. */
  | { readonly kind: 'newArray'; readonly element: string; readonly size: Expression }
  /** `new T[]{items}`. */
  | { readonly kind: 'arrayLiteral'; readonly element: string; readonly items: readonly Expression[] };

/** Class names (`Math.min(1, 2)`) and `params` are `name` nodes: what a name stands for is decided when code is made. */
export type Expression = ExpressionShape & NodeCommon;

/** TypeName is a type as it is written: `int`, `String[]`. */
export interface TypeName {
  readonly name: string;
  readonly array: boolean;
}

/** Declarator is one name of a declaration. */
export interface Declarator {
  readonly name: string;
  readonly at: number;
  readonly value?: Expression;
}

export type StatementShape =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'return'; readonly expression: Expression }
  | { readonly kind: 'throw'; readonly expression: Expression }
  | { readonly kind: 'declare'; readonly type: TypeName; readonly declarators: readonly Declarator[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: Statement; readonly otherwise?: Statement }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly init?: Statement;
      readonly test?: Expression;
      readonly update?: Expression;
      readonly body: Statement;
    }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' };

export type Statement = StatementShape & NodeCommon;

/** Program is a whole text; imports mean nothing and are left out. */
export type Program = readonly Statement[];
