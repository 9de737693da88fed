import { describe, expect, it } from '@jest/globals';
import { statement, type Tx } from '#persistence';

const remember = statement('delivered-task-keep', 'never sent');
const death = statement('client-death', 'never sent');
const clients = statement('client-by-ids', 'never sent');

/** Never called: its lines are for the compiler, and `tsc` fails if one of them compiles. */
async function mustNotCompile(tx: Tx): Promise<void> {
  // @ts-expect-error a value too few
  await tx.query(remember, ['a task']);
  // @ts-expect-error a value too many
  await tx.query(death, ['a client', 'another']);
  // @ts-expect-error a value of another type
  await tx.query(death, [7]);
  // @ts-expect-error a list whose length is unknown
  await tx.query(remember, ['a', 'b'].map(String));
  const [found] = await tx.query(death, ['a client']);
  // @ts-expect-error a column that the statement does not return
  void found?.referalId;
  // @ts-expect-error a declared column that the statement does not return
  death.reads<{ referalId: string }>();
  // @ts-expect-error a declared column of another type
  death.reads<{ referralId: number }>();
  // @ts-expect-error a declared column that forgets null
  clients.reads<{ given: string }>();
}

describe('a described statement', () => {
  it('has lines that must not compile', () => {
    expect(mustNotCompile).toHaveLength(1);
  });

  it('is read with narrower types, and stays the same statement', () => {
    expect(clients.reads<{ given: string | null; language: 'en' | 'es' }>()).toBe(clients);
  });
});
