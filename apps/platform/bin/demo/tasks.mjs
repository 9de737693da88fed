import { CommandError } from '../setup/words.mjs';
import { until } from './person.mjs';

export const taskPath = (taskId) => `/api/referrals/tasks/${taskId}`;

/** Takes an action that the Task offers the person, with the version just read. `after`: a position to wait for. */
export async function act(person, taskId, action, body = {}, after) {
  const task = await person.get(taskPath(taskId));
  if (!task.legalMoves.some((move) => move.action === action)) {
    throw new CommandError(`${person.name} is not offered ${action} on a Task that is ${task.state}.`);
  }
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  return person.command(`${taskPath(taskId)}/${action}${query}`, body, task.version);
}

/** Opens the packet, with these documents: the only route for client data, and an entry in the ledger each time. */
export async function openPacket(person, taskId, attachmentIds = []) {
  const asked = { purpose: 'care-coordination', attachmentIds };
  const { body, headers } = await person.ask('POST', `${taskPath(taskId)}/packet`, asked);
  return { packet: body, disclosureId: headers.get('disclosure-id') };
}

/** Waits until the Task is in the agency's inbox. */
export async function inInbox(person, taskId) {
  await until(
    `the Task in the inbox of ${person.organizationName}`,
    () => person.get('/api/coordination/inbox?limit=100'),
    ({ items }) => items.some((row) => row.taskId === taskId),
  );
}

export async function accept(person, taskId) {
  const { personId } = await person.get('/api/identity/me');
  return act(person, taskId, 'accept', { ownerId: personId });
}

export async function complete(person, taskId, outcome, kind) {
  return act(person, taskId, 'complete', { outcome, outputs: [{ kind, at: new Date().toISOString() }] });
}

/** The content of a packet without the texts, which only the reader may see. */
export function packetWords({ client, details, messages, attachments, notices }) {
  const parts = [
    client === undefined ? 'no client data' : `name and contact of ${client.given} ${client.family}`,
    `details: ${details.map(({ category }) => category).join(', ') || 'none'}`,
    ...(messages.length === 0 ? [] : [`messages: ${messages.map(({ kind }) => kind).join(', ')}`]),
    ...attachments.map(({ kind, base64 }) => `${base64 === undefined ? 'lists' : 'holds'} the ${kind}`),
    ...(notices.length === 0 ? [] : [`notices: ${notices.map(({ code }) => code).join(', ')}`]),
  ];
  return parts.join(' · ');
}
