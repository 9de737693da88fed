import type { EventEnvelope } from '#contracts';
import type { Scope, Tx } from '#persistence';
import { HandledMeanwhile, outcomeOf } from './classify.ts';
import type { DeliveryAttempt, AttemptOutcome } from './delivery.ts';
import { serviceOf } from '../incoming/incoming.ts';
import { keyLockStatement, lookStatement, settleStatement } from '../inbox/inbox.statements.ts';

/**
 * One event in one transaction: check, handle, settle, commit. An event that was handled before is not handled again. An
 * event of a parked key waits, except in a redrive.
 */
export async function readOne(
  delivery: DeliveryAttempt,
  envelope: EventEnvelope,
  scope: Scope,
  work: (tx: Tx) => Promise<void>,
): Promise<AttemptOutcome> {
  const { kit, group, redrive } = delivery;
  try {
    return await kit.unitOfWork.run(scope, async (tx) => {
      if (redrive) await tx.query(keyLockStatement, [group, envelope.key]);
      const [found] = await tx.query(lookStatement, [group, envelope.id, envelope.key]);
      if (found?.seen !== true) {
        if (found?.waiting === true && !redrive) return { kind: 'handled', waiting: [envelope.key] };
        await work(tx);
      }
      const settled = await settle(tx, delivery, envelope);
      if (!settled && found?.seen !== true) throw new HandledMeanwhile();
      return { kind: 'handled', waiting: [] };
    });
  } catch (error) {
    return outcomeOf(error);
  }
}

async function settle(tx: Tx, { kit, group }: DeliveryAttempt, envelope: EventEnvelope): Promise<boolean> {
  const { id, source, key, streamVersion } = envelope;
  const settled = await tx.query(settleStatement, [group, id, kit.clock.now(), serviceOf(source), key, streamVersion]);
  return settled.length > 0;
}
