import { consentOf, dischargeSummary, inventClient, threeNeeds } from './forms.mjs';
import { until } from './person.mjs';
import { accept, act, complete, inInbox, openPacket, packetWords, taskPath } from './tasks.mjs';

/**
 * The story of the seed network: three needs, three agencies that help, one that cannot. Returns what the sides are
 * compared by afterwards.
 */
export async function play(network, scene) {
  const story = { network, scene, ...network.people, disclosures: [] };
  await refer(story);
  await consentAndSend(story);
  await housing(story);
  await mentalHealth(story);
  await employment(story);
  return story;
}

async function refer(story) {
  const { network, scene, dana } = story;
  story.client = inventClient();
  const created = await dana.command('/api/referrals/referrals', {
    client: story.client,
    priority: 'urgent',
    needs: threeNeeds(network),
  });
  Object.assign(story, { referralId: created.referralId, clientId: created.clientId });
  const [housing, mentalHealth, employment] = created.needs.map((need) => need.tasks[0].taskId);
  Object.assign(story, { tasks: { housing, mentalHealth, employment } });
  scene.about(created.referralId);
  scene.did(dana, `refers ${story.client.given} ${story.client.family}: housing, mental health, employment`);
  await scene.sides(dana.position);
  await dana.command(`/api/referrals/referrals/${story.referralId}/attachments`, dischargeSummary());
  scene.did(dana, 'adds the discharge summary, which speaks of mental health and of functional needs');
}

async function consentAndSend(story) {
  const { network, scene, dana, ines, iris, tasks } = story;
  await dana.command(
    '/api/consent/consents',
    consentOf(network, {
      ...story,
      recipients: ['harbor-house', 'open-door', 'lakeside'],
      categories: ['core-contact', 'stated-need', 'functional-needs', 'mental-health'],
    }),
  );
  const consented = dana.position;
  scene.did(dana, 'records the consent: Harbor House, Open Door and Lakeside may know; WorkBridge was not asked about');
  const sent = [];
  for (const taskId of [tasks.housing, tasks.mentalHealth, tasks.employment]) {
    sent.push(await act(dana, taskId, 'send', {}, consented));
  }
  scene.did(dana, `sends all three: ${sent.map(({ need, state }) => `${need} is ${state}`).join(', ')}`);
  await inInbox(ines, tasks.housing);
  await inInbox(iris, tasks.mentalHealth);
  await scene.sides(dana.position, [ines, iris, story.ilse]);
}

async function housing(story) {
  const { scene, dana, ines, ivan, tasks } = story;
  await act(ines, tasks.housing, 'acknowledge');
  scene.did(ines, 'acknowledges: somebody has it now, nothing is accepted yet');
  await scene.sides(ines.position, [ines]);
  await act(ines, tasks.housing, 'decline', { reason: 'no-capacity' });
  scene.did(ines, 'declines: no bed is free');
  const second = await until('the reroute to the next agency', () => sentElsewhere(story), Boolean);
  scene.did(
    null,
    'The platform asks the directory who else could help, finds that consent covers Open Door, and sends it there',
  );
  await inInbox(ivan, second.taskId);
  await scene.sides(ines.position, [ines, ivan]);
  await accept(ivan, second.taskId);
  await open(story, ivan, second.taskId, 'accepts, becomes its owner, and opens the packet');
  await act(ivan, second.taskId, 'progress', { kind: 'appointment-booked', at: new Date().toISOString() });
  await complete(ivan, second.taskId, 'housed', 'placement');
  scene.did(ivan, 'books the visit, and completes: housed');
  await scene.sides(ivan.position, [ivan]);
  scene.sees('hospital', await newestNotification(dana, second.taskId));
}

async function sentElsewhere({ dana, referralId, tasks }) {
  const { needs } = await dana.get(`/api/referrals/referrals/${referralId}`);
  const offered = needs.find((need) => need.tasks.some(({ taskId }) => taskId === tasks.housing));
  return offered.tasks.find(({ taskId, state }) => taskId !== tasks.housing && state === 'sent');
}

async function mentalHealth(story) {
  const { scene, dana, iris, tasks } = story;
  await act(iris, tasks.mentalHealth, 'ask', { question: 'Which medication was started, and by whom?' });
  scene.did(iris, 'asks the hospital a question; its clock now runs for the sender');
  await scene.sides(iris.position, [iris]);
  const { items } = await dana.get(`${taskPath(tasks.mentalHealth)}/messages`);
  scene.sees('hospital', `reads: "${items.find(({ kind }) => kind === 'question')?.text}"`);
  await act(dana, tasks.mentalHealth, 'reply', {
    reply: 'Sertraline 50 mg since Monday, by our liaison psychiatrist.',
  });
  scene.did(dana, 'replies');
  await accept(iris, tasks.mentalHealth);
  const { attachments } = await open(
    story,
    iris,
    tasks.mentalHealth,
    'accepts and opens the packet, the reply in it, and listed what she may open beside it',
  );
  const listed = attachments.map(({ attachmentId }) => attachmentId);
  await open(
    story,
    iris,
    tasks.mentalHealth,
    'opens the discharge summary; no other agency sees that there is one',
    listed,
  );
  await complete(iris, tasks.mentalHealth, 'treatment-started', 'appointment-held');
  scene.did(iris, 'completes: treatment started');
  await scene.sides(iris.position, [iris]);
}

async function employment(story) {
  const { network, scene, dana, ilse, tasks } = story;
  const { items } = await dana.get('/api/consent/requests?open=true&limit=100');
  const asked = items.filter(({ taskId }) => taskId === tasks.employment);
  scene.did(dana, `finds ${asked.length} open request for consent: WorkBridge`);
  await dana.command(
    '/api/consent/consents',
    consentOf(network, { ...story, recipients: ['workbridge'], categories: ['core-contact', 'stated-need'] }),
  );
  const sent = await until(
    'employment sent by itself once consent is there',
    () => dana.get(taskPath(tasks.employment)),
    ({ state }) => state === 'sent',
  );
  scene.did(dana, `records it; nobody presses send again: employment is ${sent.state}`);
  await inInbox(ilse, tasks.employment);
  await scene.sides(dana.position, [ilse]);
  await accept(ilse, tasks.employment);
  await open(story, ilse, tasks.employment, 'accepts and opens the packet');
  await complete(ilse, tasks.employment, 'employed', 'service-delivered');
  scene.did(ilse, 'completes: employed');
}

async function open(story, person, taskId, what, attachmentIds = []) {
  const { packet, disclosureId } = await openPacket(person, taskId, attachmentIds);
  story.disclosures.push({ taskId, disclosureId });
  story.scene.did(person, what);
  story.scene.sees('packet', packetWords(packet));
  return packet;
}

/** The template of the newest notification about a Task. */
async function newestNotification(person, taskId) {
  const found = await until(
    'the notification to the sender',
    () => person.get('/api/notifications/notifications?unread=true&limit=100'),
    ({ items }) => items.some((each) => each.taskId === taskId),
  );
  return `is notified: ${found.items.find((each) => each.taskId === taskId).template}`;
}
