import { Controller, Get } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { networkRoles, PersonChanged, type EventEnvelope } from '#contracts';
import { Reads, systemIds, type ReadContext } from '#events';
import { statement, UnitOfWork } from '#persistence';
import { actorOf } from '#testing';
import { After, Positions } from '../reads/positions.ts';
import { ServiceModule } from '../service-module.ts';
import { NoteController, NoteService, NoteTables1764000000001 } from './notes.ts';

class PersonTables1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table person (person_id uuid primary key, active boolean not null)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('there is no way back'));
  }
}

const upsert = statement(
  'person-upsert',
  'insert into person values ($1, $2) on conflict (person_id) do update set active = excluded.active',
);
const all = statement('people', 'select person_id from person order by person_id');

/** What the handler does with an event: a test makes it fail and succeed again. */
export const handling = { poison: false };

/** Notes that also read the people: one group, one replica. */
@Controller('people')
class PeopleController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly positions: Positions,
  ) {}

  @Reads('notes.people', PersonChanged)
  async changed(event: PersonChanged, { tx }: ReadContext): Promise<void> {
    if (handling.poison) throw new Error('this person cannot be copied');
    await tx.query(upsert, [event.personId, event.active]);
  }

  @Get()
  async list(@After() after?: string): Promise<readonly string[]> {
    await this.positions.wait(after);
    const rows = await this.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query<{ person_id: string }>(all));
    return rows.map((row) => row.person_id);
  }
}

@ServiceModule({
  name: 'notes',
  migrations: [NoteTables1764000000001, PersonTables1764000000002],
  controllers: [NoteController, PeopleController],
  providers: [NoteService],
})
export class NotesWithPeopleModule {}

/** What identity publishes when a person changes, at that version of the person's stream. */
export function personChanged(login: string, streamVersion: number): EventEnvelope {
  const { personId, organizationId, networkId, roles: held } = actorOf(login);
  const roles = networkRoles.filter((role) => held.includes(role));
  return {
    id: systemIds.next(),
    type: PersonChanged.type,
    schemaVersion: PersonChanged.schemaVersion,
    source: '/identity',
    subject: `person/${personId}`,
    time: '2026-01-31T09:00:00.000Z',
    key: personId,
    streamVersion,
    actor: { id: null, role: 'system', organizationId: null },
    causationId: null,
    correlationId: systemIds.next(),
    traceparent: null,
    event: PersonChanged.of({ personId, organizationId, networkId, roles, active: true, language: 'en' }),
  };
}
