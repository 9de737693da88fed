import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import type { Log } from './log.ts';
import { NestLog } from './nest-log.ts';
import { safeError } from './safe-error.ts';

const console_ = { debug: 'debug', log: 'debug', info: 'info', warn: 'warn', error: 'error', trace: 'debug' } as const;
const LONGEST = 500;

/**
 * From now on this process has one log: Node's warnings, what libraries print to the console, and what Nest logs outside
 * an application go to it, with their level and without anything that it never writes.
 */
export function speakThrough(log: Log): void {
  Logger.overrideLogger(new NestLog(log));
  // the first one is Node's own listener, which prints to standard error
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ warning: safeError(warning) }, 'Node warns'));
  process.on('uncaughtExceptionMonitor', (error) =>
    log.fatal({ error: safeError(error) }, 'an uncaught error ends this process'),
  );
  for (const [name, level] of Object.entries(console_)) {
    Object.assign(console, {
      [name]: (...said: readonly unknown[]): void => log[level]({ context: 'console' }, said.map(shortened).join(' ')),
    });
  }
}

/** Values of objects may contain client data: only their kind is logged. */
function shortened(said: unknown): string {
  const words = typeof said === 'string' ? said : said instanceof Error ? said.name : inspect(said, { depth: -1 });
  return words.slice(0, LONGEST);
}
