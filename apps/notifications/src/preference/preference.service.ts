import { Injectable } from '@nestjs/common';
import { tenantScope, type Actor } from '#access';
import type { PreferencesView, SetPreferences } from '#contracts';
import { UnitOfWork } from '#persistence';
import { CommandRunner, type Answer, type CommandRequest } from '#service';
import { preferenceTable } from './preference.entity.ts';
import { PreferenceQueries } from './preference.queries.ts';

/** The channels that a person wants in addition to the application, which always shows a notification. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CommandRunner,
    private readonly preferences: PreferenceQueries,
  ) {}

  read(actor: Actor): Promise<PreferencesView> {
    return this.unitOfWork.run(tenantScope(actor), (tx) => this.preferences.find(tx, actor.personId));
  }

  set(request: CommandRequest, wished: SetPreferences): Promise<Answer> {
    const { actor } = request;
    const body: PreferencesView = { email: wished.email, language: wished.language };
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: (tx) => this.preferences.find(tx, actor.personId),
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
