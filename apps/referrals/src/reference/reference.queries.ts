import { readScope, type Actor } from '#access';
import { readReference, type ReferencedReferral } from '#contracts';
import { UnitOfWork } from '#persistence';
import { NotFound } from '#service';
import { senderView } from '#tracking';
import { Injectable } from '@nestjs/common';
import type { TaskRow } from '../domain/referral.ts';
import { findReferenced } from './reference.rows.ts';

/** Finding a referral by what people say on the telephone. */
@Injectable()
export class ReferenceQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** However it is typed. Throws {@link NotFound} for what nobody has and for what the reader may not see alike. */
  one(actor: Actor, typed: string): Promise<ReferencedReferral> {
    const reference = readReference(typed);
    return this.unitOfWork.run(readScope(actor), async (tx) => {
      const found = reference === undefined ? undefined : await findReferenced(tx, reference);
      if (reference === undefined || found === undefined) throw new NotFound();
      const { referralId, tasks } = found;
      return { reference, referralId, tasks: tasks.map((task) => listed(actor, task)) };
    });
  }
}

function listed(actor: Actor, task: TaskRow): ReferencedReferral['tasks'][number] {
  const { taskId, serviceRequestId, need } = task;
  const shown = actor.organizationId === task.senderOrganizationId ? senderView(task) : task;
  return { taskId, serviceRequestId, need, state: shown.state };
}
