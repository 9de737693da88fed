import { describe, expect, it } from '@jest/globals';
import { columnsOfTable, statement, type Tx } from '#persistence';

const remember = statement('delivered-task-keep', 'never sent');
const death = statement('client-death', 'never sent');
const table = 'board_row' as string;
const upsert = statement(`upsert ${table}`, 'never sent');
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
  // @ts-expect-error a value too many for a statement whose name is composed
  await tx.query(upsert, ['[]', 'another']);
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

/** Never called either. */
function mustNotHold(): void {
  // @ts-expect-error a column that the table does not have
  columnsOfTable('message').holding<{ text: string }>({ text: 'words' });
  // @ts-expect-error a value of another type than the column
  columnsOfTable('message').holding<{ at: number }>({ at: 'at' });
  // @ts-expect-error a value that may be null, for a column that may not
  columnsOfTable('message').holding<{ text: string | null }>({ text: 'text' });
  // @ts-expect-error a field that may be absent, so null
  columnsOfTable('message').holding<{ text?: string }>({ text: 'text' });
  // @ts-expect-error a field without a column
  columnsOfTable('message').holding<{ text: string; at: string }>({ text: 'text' });
}

describe('a described statement', () => {
  it('has lines that must not compile', () => {
    expect(mustNotCompile).toHaveLength(1);
    expect(mustNotHold).toHaveLength(0);
  });

  it('is read with narrower types, and stays the same statement', () => {
    expect(clients.reads<{ given: string | null; language: 'en' | 'es' }>()).toBe(clients);
  });
});
