import { MaestroError } from '@maestro/domain';

/** Shares bound what one step type and one tenant may take of an executor's slots, and who may use it at all. */
export interface Shares {
  /** By the name of the step type in lower case; a type that is not here may take all slots. */
  readonly typeSlots: ReadonlyMap<string, number>;
  /** How many slots the steps of one tenant may take. */
  readonly tenantSlots: number;
  /** Tenants whose steps run here; empty = all. */
  readonly tenants: ReadonlySet<string>;
}

/** NO_SHARES: everybody may take everything. */
export const NO_SHARES: Shares = { typeSlots: new Map(), tenantSlots: Infinity, tenants: new Set() };

/** readTypeSlots reads `Http=50,Shell=8`. Throws INVALID_REQUEST for anything else. */
export function readTypeSlots(entries: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    entries.map((entry): [string, number] => {
      const [type = '', slots = ''] = entry.split('=').map((part) => part.trim());
      if (type === '' || !/^[1-9]\d{0,5}$/.test(slots)) {
        throw new MaestroError(
          'INVALID_REQUEST',
          `--executor-type-slots: "${entry}" must be Type=number, for example Http=50`,
        );
      }
      return [type.toLowerCase(), Number(slots)];
    }),
  );
}
