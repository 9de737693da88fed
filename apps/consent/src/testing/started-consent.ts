import type { Clock, Ids } from '#events';
import { databaseWith, testPasswords, testTokens } from '#testing';
import { ConsentModule } from '../consent.module.ts';
import { RunningConsent } from '../examples/running-consent.ts';

/** The consent service on its own database, with tokens that follow the clock. Close it in `afterAll`. */
export async function startedConsent({
  clock,
  ids,
}: {
  readonly clock: Clock;
  readonly ids: Ids;
}): Promise<RunningConsent> {
  const database = await databaseWith(ConsentModule);
  const tokens = await testTokens(() => Math.floor(Date.parse(clock.now()) / 1000));
  return RunningConsent.start({ database, passwords: testPasswords, tokens, clock, ids });
}
