import { randomUUID } from 'node:crypto';
import { WakeSignal } from '../../wake-signal.ts';
import { beatStatement } from './embedded.statements.ts';
import { OwnConnection } from '../../own-connection.ts';
import type { OwnClient } from '../../own-connection.ts';

const BEAT_MS = 1_000;
const GONE_AFTER_S = 5;
const STATEMENT_MS = 5_000;

/** One partition for one group. `id` is unique among them. */
export interface Claimable {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

export interface ClaimsOptions {
  readonly url: string;
  readonly claimables: readonly Claimable[];
  /** True while its messages are being read; only then is it not released. */
  readonly inUse: (id: string) => boolean;
  /** Something was published, or our share changed. */
  readonly onNews: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Decides which partitions this process reads for its groups. The members of a group take equal shares in a fixed order.
 * A session lock on each partition keeps two processes from reading it in parallel, and is released when the process
 * ends.
 */
export class PartitionClaims {
  private readonly member = randomUUID();
  private readonly connection: OwnConnection;
  private readonly groups: readonly string[];
  private readonly held = new Set<string>();
  private wanted: ReadonlySet<string> = new Set();
  private readonly signal = new WakeSignal();
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();
  private connected = false;

  constructor(private readonly o: ClaimsOptions) {
    this.groups = [...new Set(o.claimables.map((each) => each.group))];
    this.connection = new OwnConnection(
      o.url,
      { statementMs: STATEMENT_MS, goneMs: GONE_AFTER_S * 3_000 },
      (client) => this.prepare(client),
      () => this.lose(),
    );
  }

  start(): void {
    this.loop = this.beats();
  }

  /** Call it when nothing is being read any more. The others take over immediately. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.wake();
    await this.loop;
    try {
      const client = await this.connection.client();
      await client.query('delete from embedded_transport.member where member_id = $1', [this.member]);
      await client.query(`select pg_advisory_unlock_all()`);
      await client.query(`notify embedded_transport, 'members'`);
    } catch (error) {
      this.o.onTrouble(error);
    }
    await this.connection.close();
  }

  /** Tells whether it is ours and stays ours. */
  holds(id: string): boolean {
    return this.held.has(id) && this.wanted.has(id);
  }

  /** Connected, and every partition of our share is locked. */
  get settled(): boolean {
    return this.connected && [...this.wanted].every((id) => this.held.has(id));
  }

  private async beats(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.beat(await this.connection.client());
      } catch (error) {
        this.connection.drop();
        this.o.onTrouble(error);
      }
      await this.signal.wait(BEAT_MS);
    }
  }

  private async prepare(client: OwnClient): Promise<void> {
    client.on('notification', (notice) => (notice.payload === 'members' ? this.signal.wake() : this.o.onNews()));
    await client.query('listen embedded_transport');
    this.connected = true;
    // what was announced while nobody listened was missed
    this.o.onNews();
  }

  private lose(): void {
    this.connected = false;
    this.held.clear();
  }

  private async beat(client: OwnClient): Promise<void> {
    const { rows } = await client.query<{ group: string; members: readonly string[]; joined: boolean }>({
      ...beatStatement,
      values: [this.groups, this.member, GONE_AFTER_S],
    });
    if (rows.some((row) => row.joined)) await client.query(`notify embedded_transport, 'members'`);
    this.wanted = new Set(rows.flatMap((row) => this.shareOf(row.group, row.members)));
    await this.release(client);
    if (await this.take(client)) this.o.onNews();
  }

  private shareOf(group: string, others: readonly string[]): readonly string[] {
    const members = [...others, this.member].sort();
    // Every member must see the same order; otherwise a partition would belong to several members or to none.
    const own = this.o.claimables.filter((each) => each.group === group).map((each) => each.id);
    return own.sort().filter((_, n) => members[n % members.length] === this.member);
  }

  private async release(client: OwnClient): Promise<void> {
    const free = [...this.held].filter((id) => !this.wanted.has(id) && !this.o.inUse(id));
    if (free.length === 0) return;
    free.forEach((id) => this.held.delete(id));
    await client.query('select pg_advisory_unlock(hashtextextended(id, 43)) from unnest($1::text[]) as id', [free]);
    await client.query(`notify embedded_transport, 'members'`);
  }

  /** Tells whether a partition was claimed. */
  private async take(client: OwnClient): Promise<boolean> {
    const missing = [...this.wanted].filter((id) => !this.held.has(id));
    if (missing.length === 0) return false;
    const { rows } = await client.query<{ id: string; locked: boolean }>(
      'select id, pg_try_advisory_lock(hashtextextended(id, 43)) as locked from unnest($1::text[]) as id',
      [missing],
    );
    const taken = rows.filter((row) => row.locked);
    taken.forEach((row) => this.held.add(row.id));
    return taken.length > 0;
  }
}
