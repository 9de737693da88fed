import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { ReferralView } from '#contracts';
import { Person, type Reply } from '../../stories/people.ts';
import { clientOf, needBody } from '../../stories/scene.ts';
import type { Instance, Rig } from './rig.ts';

/** What impatient people were answered, who ask each instance itself and take the first answer. */
export interface Answers {
  /** Referrals whose creation was answered well. */
  readonly accepted: string[];
  /** How often somebody was told to come back later. */
  later: number;
}

const everyMs = 100;

/** Asks until `goOn` says no: a command and a read of another service in turn. Any answer but these two fails. */
export async function watchAnswers(rig: Rig, goOn: () => boolean): Promise<Answers> {
  const answers: Answers = { accepted: [], later: 0 };
  await Promise.all(rig.instances.map((each) => watchOne(each, answers, goOn)));
  return answers;
}

async function watchOne(instance: Instance, answers: Answers, goOn: () => boolean): Promise<void> {
  const refer = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
  for (; goOn(); await pause(everyMs)) {
    const dana = new Person(instance.deployment, 'dana.planner');
    const made = await answered(() => dana.command('POST', '/api/referrals/referrals', refer));
    if (made?.status === 201) answers.accepted.push((made.body as ReferralView).referralId);
    const read = await answered(() => dana.ask('GET', '/api/notifications/notifications'));
    for (const reply of [made, read]) {
      if (reply === undefined || reply.status < 300) continue;
      expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      answers.later += 1;
    }
  }
}

/** Undefined where nobody answered: the process is away, or the sign-in was told to come later. */
async function answered(ask: () => Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
