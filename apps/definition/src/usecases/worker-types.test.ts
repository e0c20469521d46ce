import type { Step, WorkerType } from '@maestro/domain';
import type { RegisteredType, StepTypeStore } from '../ports/step-type-store.js';
import { staticParams } from './static-params.js';
import { registerStepTypes } from './register-step-types.js';
import { pinWorkerTypes, usedStepTypes } from './worker-types.js';

/** StepTypesInMemory keeps types as the table does: the first one to come defines a version. */
class StepTypesInMemory implements StepTypeStore {
  private readonly rows: RegisteredType[] = [];

  register(types: readonly WorkerType[], now: number): Promise<readonly RegisteredType[]> {
    for (const type of types) {
      const known = this.rows.some((each) => each.type.name === type.name && each.type.version === type.version);
      if (!known) this.rows.push({ type, createTime: now, lastSeen: now });
    }
    return this.ofNames(types.map(({ name }) => name));
  }

  ofNames(names: readonly string[]): Promise<readonly RegisteredType[]> {
    const wanted = names.map((name) => name.toLowerCase());
    return Promise.resolve(this.rows.filter(({ type }) => wanted.includes(type.name.toLowerCase())));
  }

  all(limit: number): Promise<readonly RegisteredType[]> {
    return Promise.resolve(this.rows.slice(0, limit));
  }
}

const CLOCK = { now: () => 1_000 };

function train(version: string, more: Partial<WorkerType> = {}): WorkerType {
  const params = { table: { type: 'STRING', internalMode: 'REQUIRED' } } as const;
  return { name: 'Train', version, doc: '', params, outputs: [], tenant: '', ...more };
}

const leaf = (type: string, params = {}): Step => ({ kind: 'step', id: 's', type, params });
const GIVEN = { table: { type: 'STRING', value: 't' } } as const;

async function stored(...types: readonly WorkerType[]): Promise<StepTypesInMemory> {
  const stepTypes = new StepTypesInMemory();
  await registerStepTypes({ stepTypes, clock: CLOCK }, types);
  return stepTypes;
}

const pin = (store: StepTypeStore, ...steps: readonly Step[]) => pinWorkerTypes(store, 'default', steps, 'steps');

describe('a step of a type that a worker registered', () => {
  test('gets the newest version, in whatever case its name is written', async () => {
    const store = await stored(train('1.9'), train('1.10'));
    const { steps, used, violations } = await pin(store, leaf('train', GIVEN));
    expect(violations).toEqual([]);
    expect(steps).toMatchObject([{ type: 'Train@1.10' }]);
    expect(used).toMatchObject([{ written: 'Train@1.10', type: { version: '1.10' } }]);
    expect(await usedStepTypes(store, steps)).toEqual(used);
  });

  test('is shown with the defaults of its type', async () => {
    const limit = { limit: { type: 'LONG', value: 10n } } as const;
    const { steps, used } = await pin(await stored(train('1', { params: limit })), leaf('train'));
    const { stepParams } = staticParams({ id: 'w', steps }, [], used);
    expect(stepParams['s']?.['limit']).toMatchObject({ type: 'LONG', value: 10n });
  });

  test('keeps the version that it names', async () => {
    const { steps } = await pin(await stored(train('1'), train('2')), leaf('train@1', GIVEN));
    expect(steps).toMatchObject([{ type: 'Train@1' }]);
  });

  test('is pinned in the body of a loop as well', async () => {
    const loop: Step = { kind: 'foreach', id: 'f', params: {}, steps: [leaf('train', GIVEN)] };
    const { steps } = await pin(await stored(train('1')), loop);
    expect(steps).toMatchObject([{ steps: [{ type: 'Train@1' }] }]);
  });

  test('must give the params that the type requires, with the types it declares', async () => {
    const store = await stored(train('1'));
    expect((await pin(store, leaf('train'))).violations).toEqual([
      { path: 'steps[0].step.params.table', message: 'is required: give a STRING as value or expression' },
    ]);
    const wrong = { table: { type: 'STRING_MAP', value: {} } };
    expect((await pin(store, leaf('train', wrong))).violations).toEqual([
      { path: 'steps[0].step.params.table', message: 'is a STRING_MAP, but this step type takes a STRING' },
    ]);
  });

  test('whose name nobody registered is told of near names, built-in ones too', async () => {
    const store = await stored(train('1'));
    const messages = async (type: string) => (await pin(store, leaf(type))).violations.map(({ message }) => message);
    expect(await messages('Trian')).toEqual([
      expect.stringMatching(/^"Trian" is not a step type.*did you mean "Train"\?$/),
    ]);
    expect(await messages('Slep')).toEqual([expect.stringMatching(/did you mean "Sleep"\?$/)]);
    expect(await messages('train@7')).toEqual([
      '"train@7" names a version that no worker has registered; there are: 1',
    ]);
  });

  test('of another tenant is unknown', async () => {
    const store = await stored(train('1', { tenant: 'ads' }));
    expect((await pin(store, leaf('train', GIVEN))).violations).toHaveLength(1);
    expect((await pinWorkerTypes(store, 'ads', [leaf('train', GIVEN)], 'steps')).violations).toEqual([]);
  });
});

describe('registering', () => {
  const register = (stepTypes: StepTypeStore, ...types: WorkerType[]) =>
    registerStepTypes({ stepTypes, clock: CLOCK }, types);

  test('the same again changes nothing', async () => {
    await expect(register(await stored(train('1')), train('1', { doc: 'told better' }))).resolves.toBeUndefined();
  });

  test('other params under the same version are refused', async () => {
    const again = register(await stored(train('1')), train('1', { params: {} }));
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test("another tenant's name is refused", async () => {
    const again = register(await stored(train('1')), train('2', { tenant: 'ads' }));
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('the name of a built-in type is refused', async () => {
    const again = register(await stored(), train('1', { name: 'shell' }));
    await expect(again).rejects.toMatchObject({ code: 'INVALID_REQUEST', violations: [{ path: 'types[0].name' }] });
  });
});
