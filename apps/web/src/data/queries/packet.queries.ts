import type { UseQueryOptions } from '@tanstack/react-query';
import type { AttachmentId, PacketView } from '#contracts';
import type { Purpose } from '#contracts/codes/purpose';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { answered } from '../reads/refusal.ts';

export type PacketQuery = UseQueryOptions<PacketView, Error, PacketView, readonly unknown[]>;

/** A packet that was opened. It never reads itself: each reading is an entry of the ledger, so a person asks for it. */
export function packetQuery(taskId: string): PacketQuery {
  return { queryKey: keys.packet(taskId), enabled: false, staleTime: Infinity, gcTime: 0, retry: false };
}

/** Opens the packet: one disclosure. Rejects with a `Refusal`. `attachmentIds`: those whose bytes are wanted. */
export async function openPacket(
  { door, queryClient }: Data,
  taskId: string,
  { purpose, attachmentIds }: { readonly purpose: Purpose; readonly attachmentIds?: readonly AttachmentId[] },
): Promise<PacketView> {
  const body = { purpose, ...(attachmentIds === undefined ? {} : { attachmentIds }) };
  const { value } = answered(await door.ask(routes.openPacket, { params: { id: taskId }, body }));
  queryClient.setQueryData(keys.packet(taskId), value);
  return value;
}

/** When its panel closes, and at once when the access has ended. */
export function dropPacket({ queryClient }: Pick<Data, 'queryClient'>, taskId: string): void {
  queryClient.removeQueries({ queryKey: keys.packet(taskId) });
}
