import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { GroupLag, StrategyOptions } from './transport.ts';

/** A service's consumers, as Nest wants them. One strategy per application; each of its groups is one consumer. */
export abstract class ConsumerStrategy extends Server implements CustomTransportStrategy {
  /** Nest would else log each failure: we await the outcome (traps.md 29). */
  override readonly propagatesEventHandlerErrors = true;

  constructor(protected readonly options: StrategyOptions) {
    super();
  }

  abstract override listen(callback: (error?: unknown) => void): void;
  /** Starts nothing new, lets running transactions end, commits what they did; at most 20 s. */
  abstract override close(): Promise<void>;
  /** Whether every group reads, and if not who is missing and why. (Nest's own `status` is a stream of another kind.) */
  abstract readiness(): { readonly ready: boolean; readonly detail: string };
  abstract lag(): Promise<readonly GroupLag[]>;
  /** Tests: everything published before the call is handled or parked by every group, and every redrive asked for is done. */
  abstract idle(): Promise<void>;
  /** Looks for redrive requests now instead of at the next poll. */
  abstract redriveSoon(): void;

  override on(): never {
    throw new Error('this strategy has no events of its own: see readiness() and lag()');
  }

  override unwrap<T>(): T {
    throw new Error('there is no single server underneath');
  }
}
