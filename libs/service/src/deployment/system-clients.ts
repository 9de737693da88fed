import { seedSystemClients } from '#contracts';

/** The client ids that get secrets. */
export const systemClientIds: readonly string[] = seedSystemClients.map((each) => each.clientId);
