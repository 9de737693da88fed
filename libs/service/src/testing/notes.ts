import { Body, Controller, Get, Injectable, Param, Patch, Post, Query } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Allow, CurrentActor, tenantScope, type Actor } from '#access';
import { Code, event, Id, NoFields, Nested, Text } from '#contracts';
import { eventTables, systemIds } from '#events';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import { withEtag, type Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import type { CommandResult } from '../commands/command-result.ts';
import { Answers, Asks, BodyLimit, Takes } from '../openapi/route.decorators.ts';
import { NotFound } from '../problems/form.problems.ts';
import { IllegalMove } from '../problems/move.problems.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';
import { After, Positions } from '../reads/positions.ts';
import { ServiceModule } from '../service-module.ts';

/** The smallest service with all parts: a note is written, closed once, and seen only by its own organization. */
class NoteChanged extends event('note.changed') {
  @Id() readonly noteId!: string;
  @Code(['open', 'closed']) readonly state!: string;
}

export class Label {
  @Code(['red', 'green']) readonly colour!: string;
}

class WriteNote {
  @Text({ maxLength: 200 }) readonly title!: string;
  @Nested(() => Label, { list: true, max: 3, optional: true }) readonly labels?: readonly Label[];
}

class NotesAsked {
  @Code(['open', 'closed'], { optional: true }) readonly state?: string;
}

export class NoteView {
  @Id() readonly noteId!: string;
  @Code(['open', 'closed']) readonly state!: string;
}

interface NoteRow {
  readonly note_id: string;
  readonly organization_id: string;
  readonly title: string;
  readonly state: string;
  readonly version: number;
}

const table = {
  name: 'note',
  key: ['note_id'],
  columns: ['note_id', 'organization_id', 'title', 'state', 'version'],
};
const byId = statement('note-by-id', 'select * from note where note_id = $1');
const page = statement(
  'notes',
  `select * from note where ($1::text is null or state = $1) and ($2::uuid is null or note_id > $2)
    order by note_id limit $3`,
);

export class NoteTables1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of eventTables) await runner.query(sql);
    await runner.query(`create table note (
      note_id uuid primary key, organization_id uuid not null, title text not null, state text not null, version int not null)`);
    await runner.query('alter table note enable row level security');
    await runner.query('alter table note force row level security');
    await runner.query(`create policy own on note using (current_setting('app.scope', true) = 'tenant'
      and organization_id = nullif(current_setting('app.tenant', true), '')::uuid)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('there is no way back'));
  }
}

@Injectable()
export class NoteService {
  /** What a test inserts in the middle of a command, to make two clients collide. */
  pause: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly commands: CommandRunner,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  write(request: CommandRequest, body: WriteNote): Promise<Answer> {
    const note = { note_id: systemIds.next(), organization_id: request.actor.organizationId, title: body.title };
    return this.commands.run({
      request,
      scope: tenantScope(request.actor),
      find: () => Promise.resolve(note),
      key: (found) => found.note_id,
      work: async (_tx, found, stream) => {
        await this.pause();
        const row = { ...found, state: 'open', version: stream.version + 1 };
        return { ...changed(row), status: 201, location: `/api/notes/notes/${row.note_id}` };
      },
    });
  }

  close(request: CommandRequest, noteId: string): Promise<Answer> {
    return this.commands.run({
      request,
      scope: tenantScope(request.actor),
      find: (tx) => this.find(tx, noteId),
      key: (found) => found.note_id,
      work: async (_tx, found, stream) => {
        await this.pause();
        const current = { version: found.version, state: found.state };
        if (found.state === 'closed') {
          return { kind: 'refused', problem: new IllegalMove({ ...current, legalMoves: [] }) };
        }
        return { ...changed({ ...found, state: 'closed', version: stream.version + 1 }), current };
      },
    });
  }

  async one(actor: Actor, noteId: string): Promise<NoteRow> {
    const row = await this.unitOfWork.run(tenantScope(actor), (tx) => this.find(tx, noteId));
    if (row === undefined) throw new NotFound();
    return row;
  }

  list(actor: Actor, state: string | undefined, query: unknown): Promise<Page<NoteView>> {
    const asked = pageOf(query, ['id']);
    const values = [state ?? null, asked.after?.[0] ?? null, asked.limit + 1];
    return this.unitOfWork.run(tenantScope(actor), async (tx) =>
      pageFrom(asked, await tx.query<NoteRow>(page, values), (row) => [row.note_id], view),
    );
  }

  private async find(tx: Tx, noteId: string): Promise<NoteRow | undefined> {
    return (await tx.query<NoteRow>(byId, [noteId]))[0];
  }
}

function changed(row: NoteRow): Extract<CommandResult, { kind: 'done' }> {
  const { note_id: noteId, state } = row;
  return {
    kind: 'done',
    body: view(row),
    version: row.version,
    events: [{ event: NoteChanged.of({ noteId, state }), subject: `note/${noteId}` }],
    rows: [{ table, rows: [{ ...row }] }],
  };
}

function view(row: NoteRow): NoteView {
  return { noteId: row.note_id, state: row.state };
}

@Controller('notes')
export class NoteController {
  constructor(
    private readonly service: NoteService,
    private readonly positions: Positions,
  ) {}

  @Post()
  @Allow('intake-worker')
  @Command()
  @Takes(WriteNote)
  @Answers(NoteView, { status: 201 })
  write(@CommandOf() request: CommandRequest, @Body() body: WriteNote): Promise<Answer> {
    return this.service.write(request, body);
  }

  @Get()
  @Asks(NotesAsked)
  @Answers(NoteView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: NotesAsked): Promise<Page<NoteView>> {
    return this.service.list(actor, asked.state, asked);
  }

  @Get(':id')
  @Answers(NoteView)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @After() after?: string): Promise<Answer> {
    await this.positions.wait(after);
    const row = await this.service.one(actor, id);
    return withEtag(view(row), row.version);
  }

  @Patch(':id')
  @Allow('intake-worker', 'organization-admin')
  @Command({ ifMatch: true })
  @Takes(NoFields)
  @Answers(NoteView)
  close(@CommandOf() request: CommandRequest, @Param('id') id: string): Promise<Answer> {
    return this.service.close(request, id);
  }

  /** Takes larger bodies than other routes, and answers with the size. */
  @Post('large')
  @BodyLimit(1024 * 1024)
  large(@Body() body: unknown): { readonly length: number } {
    return { length: JSON.stringify(body).length };
  }

  @Get('faults/:kind')
  fault(@Param('kind') kind: string): never {
    throw kind === 'bug' ? new Error('Jane Doe, 555-0100') : new SyntaxError('Unexpected token J in "Jane Doe"');
  }
}

@ServiceModule({
  name: 'notes',
  migrations: [NoteTables1764000000001],
  controllers: [NoteController],
  providers: [NoteService],
})
export class NotesModule {}
