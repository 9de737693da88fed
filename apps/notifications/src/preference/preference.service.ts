import { Injectable } from '@nestjs/common';
import { tenantScope, type Actor } from '#access';
import type { Language, PersonId, PreferencesView, SetPreferences } from '#contracts';
import { recordedTable } from '#events';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { CommandRunner, type Answer, type CommandRequest } from '#service';

const preferenceTable = recordedTable({
  name: 'preference',
  key: ['person_id'],
  columns: ['person_id', 'email', 'language'],
});

// The default: no mails, and the language that identity knows.
const preferenceOf = statement(
  'preference of person',
  `select coalesce(p.email, false) as email, coalesce(p.language, k.language, 'en') as language
   from (select $1::uuid as person_id) who
   left join preference p on p.person_id = who.person_id
   left join known_person k on k.person_id = who.person_id`,
).reads<PreferenceRow>();

interface PreferenceRow {
  readonly email: boolean;
  readonly language: Language;
}

/** The channels that a person wants in addition to the application, which always shows a notification. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CommandRunner,
  ) {}

  read(actor: Actor): Promise<PreferencesView> {
    return this.unitOfWork.run(tenantScope(actor), (tx) => find(tx, actor.personId));
  }

  set(request: CommandRequest, wished: SetPreferences): Promise<Answer> {
    const { actor } = request;
    const body: PreferencesView = { email: wished.email, language: wished.language };
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: (tx) => find(tx, actor.personId),
      key: () => actor.personId,
      work: () =>
        Promise.resolve({
          kind: 'done',
          body,
          events: [],
          rows: [{ table: preferenceTable, rows: [{ person_id: actor.personId, ...body }] }],
        }),
    });
  }
}

async function find(tx: Tx, personId: PersonId): Promise<PreferenceRow> {
  const [row] = await tx.query(preferenceOf, [personId]);
  if (row === undefined) throw new Error('a select of one row gave none');
  return { email: row.email, language: row.language };
}
