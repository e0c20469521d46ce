import fc from 'fast-check';
import { CreditLedger } from './credit-ledger.js';

describe('credit ledger', () => {
  it('asks for all of its credit at first, and for what came back only when little is asked for', () => {
    const ledger = new CreditLedger(10);
    expect(ledger.take()).toBe(10);
    const asked: number[] = [];
    for (let done = 0; done < 10; done += 1) {
      ledger.arrived();
      ledger.grant(1);
      asked.push(ledger.take());
    }
    expect(asked).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 0, 5]);
  });

  it('asks again for what a request did not bring', () => {
    const ledger = new CreditLedger(10);
    ledger.take();
    ledger.arrived();
    ledger.expired(9);
    expect(ledger.take()).toBe(9);
  });

  it('asks for one when one slot is all there is', () => {
    const ledger = new CreditLedger(1);
    expect(ledger.take()).toBe(1);
    ledger.arrived();
    expect(ledger.take()).toBe(0);
    ledger.grant(1);
    expect(ledger.take()).toBe(1);
  });

  it('never has more asked for and in hand than there is credit, and never rests with all slots free', () => {
    const step = fc.constantFrom('arrive', 'finish', 'expire', 'writeOff', 'late');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step), (credit, steps) => {
        const ledger = new CreditLedger(credit);
        let inHand = 0;
        let late = 0;
        ledger.take();
        for (const what of steps) {
          if (what === 'arrive' && ledger.outstanding > 0) {
            ledger.arrived();
            inHand += 1;
          } else if (what === 'late' && ledger.outstanding === 0) {
            ledger.arrived();
            inHand += 1;
            late += 1;
          } else if (what === 'finish' && inHand > 0) {
            inHand -= 1;
            ledger.grant(1);
          } else if (what === 'expire') {
            ledger.expired(3);
          } else if (what === 'writeOff') {
            ledger.writeOff();
          }
          ledger.take();
          expect(ledger.outstanding + inHand).toBeLessThanOrEqual(credit + late);
          if (inHand === 0) expect(ledger.outstanding).toBeGreaterThan(0);
        }
      }),
    );
  });
});
