import type { AddedAttachment } from '#contracts';
import type { TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { line, type Line } from './line.ts';
import type { Scene } from './scene.ts';

const at = '/api/referrals';
const document = (): object => ({
  ...{ kind: 'discharge-summary', title: 'Discharge summary', categories: ['functional-needs'] },
  ...{ contentType: 'text/plain', base64: Buffer.from('Walks with a frame.').toString('base64') },
});

/** The scene with a document added to its referral. */
export async function withAttachment(deployment: TestDeployment, scene: Scene): Promise<Scene> {
  const dana = new Person(deployment, 'dana.planner');
  const path = `${at}/referrals/${scene['referral']}/attachments`;
  const { attachmentId } = await dana.post<AddedAttachment>(path, document());
  return { ...scene, attachment: attachmentId };
}

/** The sender's own documents: every other side opens them only through the packet. */
// prettier-ignore
export const attachmentsLines: readonly Line[] = [
  //                                           sender P   A   O   S | agency I  A | council C   N   O   S | another P    A    I    O    S  foreign C
  line(`GET ${at}/referrals/{id}/attachments`,       'ok  ok  ok  403 | 403  404  |  403  403  404  403   |  404  404  403  404  403  403', { id: 'referral' }),
  line(`GET ${at}/attachments/{id}`,                 'ok  ok  ok  403 | 403  404  |  403  403  404  403   |  404  404  403  404  403  403', { id: 'attachment' }),
  line(`POST ${at}/attachments/{id}/remove`,         'may may 403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'attachment', body: () => ({ reason: 'replaced' }) }),
  line(`POST ${at}/referrals/{id}/attachments`,      'ok  ok  403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'referral', body: document }),
];
