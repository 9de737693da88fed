import { Injectable } from '@nestjs/common';
import type { Language, PersonId, PreferencesView } from '#contracts';
import { statement, type Tx } from '#persistence';
import { PreferenceRow } from './preference.entity.ts';

// Only people who asked for mails get any. Read for each event, therefore a named statement.
const wished = statement(
  'mails wished',
  'select person_id, language from preference where email and person_id = any($1::uuid[])',
).reads<Pick<PreferenceRow, 'person_id' | 'language'>>();

const languageOf = statement('language of person', 'select language from known_person where person_id = $1').reads<{
  readonly language: Language;
}>();

@Injectable()
export class PreferenceQueries {
  /** What the person chose; by default no mails, and the language that identity knows. */
  async find(tx: Tx, personId: PersonId): Promise<PreferencesView> {
    const chosen = await tx.manager.getRepository(PreferenceRow).findOneBy({ person_id: personId });
    if (chosen !== null) return { email: chosen.email, language: chosen.language };
    const [known] = await tx.query(languageOf, [personId]);
    return { email: false, language: known?.language ?? 'en' };
  }

  /** Those of these people who want mails, each with their language. */
  async mailsWished(tx: Tx, personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Language>> {
    const rows = await tx.query(wished, [personIds]);
    return new Map(rows.map((row) => [row.person_id, row.language]));
  }
}
