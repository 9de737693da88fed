import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.ts';
import { safeError } from './safe-error.ts';

/** Nest's own log. Its list of routes and modules at every start appears only at level `debug`. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.to.debug(parts(rest), said(message));
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.to.warn(parts(rest), said(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    const error = [message, ...rest].find((each) => each instanceof Error);
    this.to.error({ ...parts(rest), ...(error === undefined ? {} : { error: safeError(error) }) }, said(message));
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.to.debug(parts(rest), said(message));
  }

  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.to.debug(parts(rest), said(message));
  }
}

function parts(rest: readonly unknown[]): object {
  const context = rest.at(-1);
  return typeof context === 'string' && context.length < 60 ? { context } : {};
}

function said(message: unknown): string {
  return typeof message === 'string' ? message : message instanceof Error ? message.name : 'nest';
}
