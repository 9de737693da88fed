import type { UseQueryOptions } from '@tanstack/react-query';
import type { QueriedTask } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { answered } from '../reads/refusal.ts';

/** `POST /tasks/query` takes so many. */
const mostIds = 100;
const gatherMs = 10;

interface Waiting {
  readonly taskId: string;
  readonly found: (task: QueriedTask | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Labels, legal moves and ways to contact of Tasks: what is asked for at about the same time goes in one request. */
export class Labels {
  private waiting: Waiting[] = [];

  constructor(
    private readonly door: Data['door'],
    private readonly later: (ms: number, run: () => void) => unknown,
  ) {}

  /** Null for a Task that the person may not see. Rejects with a `Refusal`. */
  of(taskId: string): Promise<QueriedTask | null> {
    return new Promise((found, failed) => {
      if (this.waiting.length === 0) this.later(gatherMs, () => this.askAll());
      this.waiting.push({ taskId, found, failed });
    });
  }

  private askAll(): void {
    const all = this.waiting;
    this.waiting = [];
    for (let from = 0; from < all.length; from += mostIds) void this.ask(all.slice(from, from + mostIds));
  }

  private async ask(asked: readonly Waiting[]): Promise<void> {
    const taskIds = [...new Set(asked.map(({ taskId }) => taskId))];
    try {
      const { value } = answered(await this.door.ask(routes.queryTasks, { body: { taskIds } }));
      const byId = new Map(value.items.map((each) => [each.taskId as string, each]));
      for (const each of asked) each.found(byId.get(each.taskId) ?? null);
    } catch (error) {
      for (const each of asked) each.failed(error);
    }
  }
}

export type LabelQuery = UseQueryOptions<QueriedTask | null, Error, QueriedTask | null, readonly unknown[]>;

export function labelQuery(labels: Labels, taskId: string): LabelQuery {
  return { queryKey: keys.label(taskId), queryFn: () => labels.of(taskId), staleTime: Infinity };
}
