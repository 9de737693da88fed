import { randomUUID } from 'node:crypto';
import type { TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { line, type Line } from './line.ts';
import type { Scene } from './scene.ts';

const at = '/api/referrals';

/** The scene with a draft of the sender's planner, in which one section is saved. */
export async function withDraft(deployment: TestDeployment, scene: Scene): Promise<Scene> {
  const dana = new Person(deployment, 'dana.planner');
  const written = randomUUID();
  await dana.post(`${at}/drafts`, { draftId: written, kind: 'referral' });
  await dana.command('PUT', `${at}/drafts/${written}/sections/who`, { device: 'laptop', content: '{}' }, 0);
  return { ...scene, written, section: 'who', begun: randomUUID() };
}

/** Everybody has drafts of their own, and sees no other. */
// prettier-ignore
export const draftsLines: readonly Line[] = [
  //                                               sender P   A   O   S | agency I  A | council C   N   O   S | another P    A    I    O    S  foreign C
  line(`GET ${at}/drafts`,                             'self self self 403 | self self | self self self 403 | self self self self 403 self'),
  line(`GET ${at}/drafts/{id}`,                        'ok   404  404  403 | 404  404  | 404  404  404  403 | 404  404  404  404  403 404', { id: 'written' }),
  line(`PUT ${at}/drafts/{id}/sections/{section}`,     'may  404  404  403 | 404  404  | 404  404  404  403 | 404  404  404  404  403 404', { id: 'written', body: () => ({ device: 'laptop', content: '{}' }) }),
  line(`DELETE ${at}/drafts/{id}`,                     'past past past 403 | past past | past past past 403 | past past past past 403 past', { id: 'unknown' }),
  line(`POST ${at}/drafts`,                            'ok   ok   ok   403 | ok   ok   | ok   ok   ok   403 | ok   ok   ok   ok   403 ok', { body: (scene) => ({ draftId: scene['begun'], kind: 'referral' }) }),
];
