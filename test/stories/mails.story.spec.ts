import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DeliveryView, DemoMailView } from '#contracts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, until } from './people.ts';
import { canary, sent, type Items } from './scene.ts';

let deployment: TestDeployment;
beforeAll(async () => {
  deployment = await openDeployment();
});
afterAll(() => deployment?.close());

it('a person who wants e-mails gets one about a waiting Task, at the address from identity', async () => {
  const ines = new Person(deployment, 'ines.harbor');
  const wished = await ines.command('PUT', '/api/notifications/preferences', { email: true, language: 'es' });
  expect(wished.status).toBe(200);
  const { taskId } = await sent(deployment);
  const { items } = await until(
    () => ines.get<Items<DemoMailView>>('/api/notifications/demo-mails'),
    (mails) => mails.items.length > 0,
  );
  expect(items).toEqual([
    {
      to: 'ines.harbor@harbor-house.example',
      subject: 'Algo le espera',
      text: expect.stringMatching(/http:\/\/localhost:\d+\/\n/),
      at: expect.any(String),
    },
  ]);
  expect(JSON.stringify(items)).not.toContain(canary);
  const deliveries = await until(
    () =>
      new Person(deployment, 'abel.harbor').get<Items<DeliveryView>>(`/api/notifications/deliveries?taskId=${taskId}`),
    (found) => found.items.some((each) => each.channel === 'email' && each.state === 'sent'),
  );
  expect(deliveries.items.map((each) => each.channel).sort()).toEqual(['email', 'in-app', 'in-app']);
});
