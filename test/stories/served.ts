import type { TaskView } from '#contracts';
import { Person, until, type Deployment } from './people.ts';
import { act, complete, consented, drafted, open, personId, task } from './scene.ts';

/** A referral of one need from its draft to its outcome. */
export async function served(deployment: Deployment): Promise<TaskView> {
  const dana = new Person(deployment, 'dana.planner');
  const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
  const { after } = await consented(deployment, clientId, ['harbor-house']);
  // if the event of consent is late, because its reader was just killed, the Task waits for it and is then sent by itself
  await act(dana, taskId, 'send', {}, after);
  await until(
    () => task(dana, taskId),
    ({ state }) => state === 'sent',
    60,
  );
  const ines = new Person(deployment, 'ines.harbor');
  await act(ines, taskId, 'acknowledge', {});
  await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
  await open(ines, taskId);
  return complete(ines, taskId, 'housed');
}
