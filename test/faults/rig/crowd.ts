import pg from 'pg';

/** A foreign program that takes every connection of a server, and each one that becomes free. */
export class Crowd {
  private readonly taken: pg.Client[] = [];
  private on = true;
  private readonly crowding: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly pauseMs = 20,
  ) {
    this.crowding = this.crowd();
  }

  get size(): number {
    return this.taken.length;
  }

  /** Takes all connections: ends the sessions of everybody else. */
  async pushOut(): Promise<void> {
    const [first] = this.taken;
    await first?.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where backend_type = 'client backend' and application_name <> 'crowd' and pid <> pg_backend_pid()`,
    );
  }

  async leave(): Promise<void> {
    this.on = false;
    await this.crowding;
    await Promise.all(this.taken.map((client) => client.end().catch(() => undefined)));
  }

  private async crowd(): Promise<void> {
    while (this.on) {
      if (!(await this.takeSome())) await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
    }
  }

  private async takeSome(): Promise<boolean> {
    const clients = await Promise.all(Array.from({ length: 10 }, () => this.takeOne()));
    return clients.every(Boolean);
  }

  private async takeOne(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'crowd' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      this.taken.push(client);
      return true;
    } catch {
      return false;
    }
  }
}
