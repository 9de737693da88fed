import type { OutgoingMessage, Publisher } from '../../messages.ts';
import type { Announcements } from './announcements.ts';
import { OwnConnection } from '../../own-connection.ts';
import type { OwnClient } from '../../own-connection.ts';
import { carrying } from '../carrying.ts';
import { publishStatement } from './embedded.statements.ts';
import { partitionOf } from './partition-of.ts';

const STATEMENT_MS = 15_000;
/** NOTIFY takes a server-wide lock at commit, so one NOTIFY covers everything published meanwhile (traps.md 35). */
const NOTIFY_AFTER_MS = 30;

/** One statement per send: either all its messages are stored or none. */
export class EmbeddedPublisher implements Publisher {
  private readonly connection: OwnConnection;
  private readonly partitions = new Map<string, number>();
  private notifyTimer: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    url: string,
    private readonly announcements: Announcements,
    private readonly onClose: () => void = () => undefined,
  ) {
    this.connection = new OwnConnection(url, { statementMs: STATEMENT_MS });
  }

  async send(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.inTurn((client) => this.publish(client, topic, messages));
    this.announcements.announce();
    this.notifyTimer ??= setTimeout(() => void this.notifyOthers(), NOTIFY_AFTER_MS);
  }

  partitionsOf(topic: string): Promise<number> {
    return this.inTurn((client) => this.count(client, topic));
  }

  async close(): Promise<void> {
    const isPending = this.notifyTimer !== undefined;
    clearTimeout(this.notifyTimer);
    if (isPending) await this.notifyOthers();
    await this.last;
    await this.connection.close();
    this.onClose();
  }

  private async publish(client: OwnClient, topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const partitions = await this.count(client, topic);
    await client.query({
      ...publishStatement,
      values: [
        topic,
        messages.map((each) => each.partition ?? (each.key === null ? 0 : partitionOf(each.key, partitions))),
        messages.map((each) => each.key),
        messages.map((each) => JSON.stringify(each.headers)),
        messages.map((each) => each.value),
      ],
    });
  }

  private async count(client: OwnClient, topic: string): Promise<number> {
    const known = this.partitions.get(topic);
    if (known !== undefined) return known;
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from embedded_transport.head where topic = $1',
      [topic],
    );
    const count = rows[0]?.count ?? 0;
    if (count === 0) throw new Error(`the topic ${topic} must be prepared first`);
    this.partitions.set(topic, carrying(count));
    return carrying(count);
  }

  /**
   * Notifies other processes; ours was already notified. If it fails it is lost, and the others find the messages by
   * polling.
   */
  private async notifyOthers(): Promise<void> {
    this.notifyTimer = undefined;
    await this.inTurn((client) => client.query('notify embedded_transport')).catch(() => undefined);
  }

  /** Runs one statement after the other on the single connection. */
  private inTurn<T>(work: (client: OwnClient) => Promise<T>): Promise<T> {
    const turn = this.last.then(async () => {
      const client = await this.connection.client();
      try {
        return await work(client);
      } catch (error) {
        this.connection.drop();
        throw error;
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
