import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse as Response } from 'fastify';
import { attachmentMaxBytes, fileMaxCharacters } from '#contracts';
import { hostileBodies, longestTurn, pdfOf } from '#testing';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { clientOf, needBody, sent } from '../stories/scene.ts';

/** One request may block others for at most this long, in ms of processor time. */
const longestMs = 100;

describe('the event loop, under the largest possible requests', () => {
  let deployment: TestDeployment;
  let scene: Awaited<ReturnType<typeof sent>>;
  const attachmentIds: string[] = [];
  const figures: string[] = [];

  beforeAll(async () => {
    deployment = await openDeployment({ timers: false });
    scene = await sent(deployment);
  });

  afterAll(async () => {
    process.stdout.write(`longest turn of the event loop, in ms of processor time:\n${figures.join('\n')}\n`);
    await deployment.close();
  });

  const ask = async (
    login: string,
    method: 'GET' | 'POST',
    path: string,
    payload?: string | Buffer,
  ): Promise<Response> => {
    const service = deployment.services.get(path.split('/')[2] ?? '');
    if (service === undefined) throw new Error(`no service answers ${path}`);
    return service.app.inject({
      method,
      url: path,
      headers: {
        authorization: `Bearer ${await new Person(deployment, login).signIn()}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(payload === undefined ? {} : { payload }),
    });
  };

  const measured = async (what: string, work: () => Promise<Response>): Promise<Response> => {
    let answer: Response | undefined;
    const ms = await longestTurn(async () => (answer = await work()), longestMs);
    figures.push(`  ${ms.toFixed(1).padStart(6)}  ${what}`);
    if (answer === undefined) throw new Error('no answer');
    expect([what, ms < longestMs, answer.statusCode < 500]).toEqual([what, true, true]);
    return answer;
  };

  const size = (fileMaxCharacters / 4) * 3 - 3;
  const bytes = pdfOf(size, randomBytes(size));
  const base64 = bytes.toString('base64');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const consent = (evidence: object): Buffer =>
    Buffer.from(
      JSON.stringify({ clientId: scene.clientId, kind: 'named-recipient', method: 'paper-signature', evidence }),
    );

  it.each([
    ['a paper of the largest size', () => ({ sha256, contentType: 'application/pdf', base64 })],
    ['a paper with another hash', () => ({ sha256: '0'.repeat(64), contentType: 'application/pdf', base64 })],
    [
      'a paper that breaks at its end',
      () => ({ sha256, contentType: 'image/png', base64: `${base64.slice(0, -4)}!AA=` }),
    ],
    ['a paper that is no base64', () => ({ sha256, contentType: 'image/png', base64: '-_'.repeat(3_900_000) })],
    [
      'a text of the largest size',
      () => {
        const text = Buffer.alloc(size, 'Núñez ');
        const found = createHash('sha256').update(text).digest('hex');
        return { sha256: found, contentType: 'text/plain', base64: text.toString('base64') };
      },
    ],
  ])('is not blocked by a consent with %s [S3]', async (what, evidence) => {
    const body = consent(evidence());
    await measured(`consent: ${what}`, () => ask('dana.planner', 'POST', '/api/consent/consents', body));
  });

  it.each(hostileBodies(8_000_000))('is not blocked by a consent of 8 MB: %s [S3]', async (what, body) => {
    const bytes = Buffer.from(body);
    const answer = await measured(`consent of 8 MB: ${what}`, () =>
      ask('dana.planner', 'POST', '/api/consent/consents', bytes),
    );
    expect([400, 413]).toContain(answer.statusCode);
    expect(answer.body.length).toBeLessThan(100_000);
  });

  it.each([85_000, 130_000])('is not blocked by a consent with lists of %d [S3]', async (length) => {
    const list = Array.from({ length }, () => ({}));
    const body = JSON.stringify({ disclosers: list, recipients: list });
    const answer = await measured(`consent: two lists of ${length}`, () =>
      ask('dana.planner', 'POST', '/api/consent/consents', body),
    );
    expect(answer.statusCode).toBe(400);
  });

  it('is not blocked by documents of the largest size, nor by a packet with five of them [S3]', async () => {
    const bytes = pdfOf(attachmentMaxBytes, randomBytes(attachmentMaxBytes));
    const body = Buffer.from(
      JSON.stringify({
        kind: 'discharge-summary',
        title: 'A document',
        categories: ['core-contact'],
        contentType: 'application/pdf',
        base64: bytes.toString('base64'),
      }),
    );
    const path = `/api/referrals/referrals/${scene.referralId}/attachments`;
    for (let each = 0; each < 5; each += 1) {
      await measured('a document is added', async () => {
        const answer = await ask('dana.planner', 'POST', path, body);
        expect([answer.statusCode, answer.statusCode === 201 || answer.body]).toEqual([201, true]);
        attachmentIds.push(answer.json<{ attachmentId: string }>().attachmentId);
        return answer;
      });
    }
    const own = `/api/referrals/attachments/${attachmentIds[0]}`;
    const read = await measured('a document is read', () => ask('dana.planner', 'GET', own));
    expect(read.statusCode).toBe(200);
    const opened = await opening(
      new Person(deployment, 'ines.harbor'),
      JSON.stringify({ purpose: 'care-coordination', attachmentIds: attachmentIds.slice(0, 5) }),
    );
    expect(opened.status).toBe(200);
    expect(opened.bytes).toBeGreaterThan(5 * attachmentMaxBytes);
  });

  // over a socket, and the body is discarded: assembling 35 MB would be the test's own work
  const opening = async (
    person: Person,
    body: string,
  ): Promise<{ readonly status: number | undefined; readonly bytes: number }> => {
    const headers = { authorization: `Bearer ${await person.signIn()}`, 'content-type': 'application/json' };
    const url = `${deployment.baseUrl}/api/referrals/tasks/${scene.taskId}/packet`;
    let found = { status: undefined as number | undefined, bytes: 0 };
    const ms = await longestTurn(async () => {
      const asked = request(url, { method: 'POST', headers }).end(body);
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      let bytes = 0;
      for await (const chunk of answer) bytes += (chunk as Buffer).length;
      found = { status: answer.statusCode, bytes };
    }, longestMs);
    figures.push(`  ${ms.toFixed(1).padStart(6)}  a packet with five documents`);
    expect(ms).toBeLessThan(longestMs);
    return found;
  };

  it('is not blocked by the largest allowed referral, nor by one that is too large [S3]', async () => {
    const details = (count: number): { category: string; text: string }[] =>
      Array.from({ length: count }, () => ({ category: 'stated-need', text: 'x'.repeat(40) }));
    const referral = (needs: number, each: number): string =>
      JSON.stringify({
        client: clientOf(),
        priority: 'routine',
        needs: Array.from({ length: needs }, () => needBody('housing', 'harbor-beds', details(each))),
      });
    for (const [needs, each] of [
      [12, 100],
      [12, 10],
      [100, 10],
      [12, 300],
    ] as const) {
      await measured(`a referral of ${needs} needs with ${each} details each`, () =>
        ask('dana.planner', 'POST', '/api/referrals/referrals', referral(needs, each)),
      );
    }
  });
});
