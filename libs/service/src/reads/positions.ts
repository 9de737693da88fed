import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parsePosition, type EventLog, type Inbox, type Position as StreamPosition } from '#events';
import type { UnitOfWork } from '#persistence';
import { currentRequest } from '../context/request-context.ts';
import { addRouteFacts } from '../openapi/route-facts.ts';
import { Invalid } from '../problems/form.problems.ts';
import type { ShellRequest } from '../http/shell-request.ts';

export type { StreamPosition };

/** An opaque token of (stream, version), as in the `Position` header. */
export type Position = string;

const afterOf = createParamDecorator((_: unknown, context: ExecutionContext): Position | undefined => {
  const { after } = context.switchToHttp().getRequest<ShellRequest>().query as { readonly after?: unknown };
  if (after === undefined || (typeof after === 'string' && parsePosition(after) !== undefined)) return after;
  throw new Invalid([{ field: 'after', message: 'after is not a position', allowed: 'the `Position` of an answer' }]);
});

/** `?after=` of a ⧗ read: a {@link Position}, or undefined. Refuses an invalid one. */
export function After(): ParameterDecorator {
  return (target, key, index) => {
    afterOf()(target, key, index);
    const handler = key === undefined ? undefined : (target as Record<string | symbol, unknown>)[key];
    if (typeof handler === 'function') addRouteFacts(handler, { waits: true });
  };
}

interface PositionsParts {
  readonly unitOfWork: UnitOfWork;
  readonly log: EventLog;
  readonly inbox: Inbox;
  readonly sleep: (ms: number) => Promise<void>;
}

const longestMs = 5000;
const firstSleepMs = 10;
const longestSleepMs = 160;

/** Waits until this service's view contains what the caller has already seen (contract.md §1). */
export class Positions {
  constructor(private readonly parts: PositionsParts) {}

  /**
   * Waits up to 5 s. False if the position was not reached: the answer then has `Position-Reached: false`. Without
   * `reached`, own streams are compared by their version, others by what all groups of this service that read them have
   * handled. A stream that the service does not read is not waited for. Never call it inside a transaction.
   */
  async wait(
    after: Position | undefined,
    reached: (position: StreamPosition) => Promise<boolean> = (position) => this.contained(position),
  ): Promise<boolean> {
    const position = after === undefined ? undefined : parsePosition(after);
    if (position === undefined) return true;
    let slept = 0;
    for (let pause = firstSleepMs; !(await reached(position)); pause = Math.min(pause * 2, longestSleepMs)) {
      if (slept >= longestMs) return notReached();
      await this.parts.sleep(pause);
      slept += pause;
    }
    return true;
  }

  /** Tells whether these groups of this service (by default all that read it) have handled the stream up to there. */
  contained({ service, key, version }: StreamPosition, groups?: readonly string[]): Promise<boolean> {
    const { unitOfWork, log, inbox } = this.parts;
    return unitOfWork.run({ kind: 'system', key: '' }, async (tx) => {
      if (service === log.service) return (await log.streamVersion(tx, key)) >= version;
      return !inbox.follows(service) || (await inbox.reached(tx, service, key, groups)) >= version;
    });
  }
}

function notReached(): false {
  currentRequest()?.reply.header('Position-Reached', 'false');
  return false;
}
