import { seedSystemClients } from '#contracts';

/** The client ids that a house makes secrets for. */
export const systemClientIds: readonly string[] = seedSystemClients.map((each) => each.clientId);
