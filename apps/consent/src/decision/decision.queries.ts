import { Inject, Injectable } from '@nestjs/common';
import { tenantScope, type Actor } from '#access';
import type { AskDecision, DecisionView } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { UnitOfWork } from '#persistence';
import { readConsents, readFacts } from '../client/client.rows.ts';
import { toRecord } from '../consent/consent.entity.ts';
import { explain } from './decision.ts';

@Injectable()
export class DecisionQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Explains from the consents that the caller may see. The answer for another organization's client is the same as for a
   * client who does not exist.
   */
  explain(actor: Actor, asked: AskDecision): Promise<DecisionView> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const records = (await readConsents(tx, asked.clientId)).map(toRecord);
      const facts = await readFacts(tx, asked.clientId, records);
      const now = this.clock.now();
      return { ...explain(records, facts, asked, now), asOf: now };
    });
  }
}
