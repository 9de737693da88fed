import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { ReferralView } from '#contracts';
import { Person, type Reply } from '../../stories/people.ts';
import { clientOf, needBody } from '../../stories/scene.ts';
import type { Instance, Rig } from './rig.ts';

/** The answers to impatient people, who call each instance directly and accept the first answer. */
export interface Answers {
  /** Referrals that were created successfully. */
  readonly accepted: string[];
  /** How often the answer was to come back later. */
  later: number;
}

const everyMs = 100;

/** Until `goOn` returns false: a command, then a read of another service. Any unexpected answer fails. */
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

/** Undefined if there was no answer: the process is down, or the sign-in got a 503. */
async function answered(ask: () => Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
