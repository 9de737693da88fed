import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS, type Clock, type Ids } from '#events';
import { UnitOfWork, type Scope, type Tx } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import type { Answer } from '../commands/answer.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';

const systemScope: Scope = { kind: 'system', key: '' };

/** The record of a request. `id`: the id of the new work, if the same work is not already running. */
export interface WorkAsked {
  readonly id: string;
  readonly askedBy: string;
  readonly now: string;
}

/**
 * Work that operators request from a service and follow in a list: a rebuild, a resend. A second request for the same
 * work does not start it twice.
 */
@Injectable()
export class AskedWork {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Newest first. */
  list<Row>(
    query: unknown,
    read: (tx: Tx, page: { readonly before?: string; readonly limit: number }) => Promise<readonly Row[]>,
    idOf: (row: Row) => string,
  ): Promise<Page<Row>> {
    const asked = pageOf(query, ['id']);
    const before = asked.after?.[0];
    const page = { limit: asked.limit + 1, ...(typeof before === 'string' ? { before } : {}) };
    return this.unitOfWork.run(systemScope, async (tx) =>
      pageFrom(
        asked,
        await read(tx, page),
        (row) => [idOf(row)],
        (row) => row,
      ),
    );
  }

  /** Requests under one key run one after the other. Returns the running work: the requested one or an earlier one. */
  ask(request: CommandRequest, key: string, begin: (tx: Tx, asked: WorkAsked) => Promise<object>): Promise<Answer> {
    return this.commands.run({
      request,
      scope: systemScope,
      find: () => Promise.resolve(key),
      key: (found) => found,
      work: async (tx) => {
        const asked = { id: this.ids.next(), askedBy: request.actor.personId, now: this.clock.now() };
        return { kind: 'done', status: 201, body: await begin(tx, asked), events: [] };
      },
    });
  }
}
