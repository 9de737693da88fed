import { Injectable } from '@nestjs/common';
import type { Language, PersonId } from '#contracts';
import { statement, type Tx } from '#persistence';

// Only people who asked for mails get any.
const wished = statement(
  'mails wished',
  'select person_id, language from preference where email and person_id = any($1::uuid[])',
).reads<{ readonly person_id: PersonId; readonly language: Language }>();

/** Reads people's preferences while an event or a timer is handled. */
@Injectable()
export class PreferenceQueries {
  /** Those of these people who want mails, each with their language. */
  async mailsWished(tx: Tx, personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Language>> {
    const rows = await tx.query(wished, [personIds]);
    return new Map(rows.map((row) => [row.person_id, row.language]));
  }
}
