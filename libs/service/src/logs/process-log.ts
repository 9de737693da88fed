import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import type { Log } from './log.ts';
import { NestLog } from './nest-log.ts';
import { safeError } from './safe-error.ts';

const console_ = { debug: 'debug', log: 'debug', info: 'info', warn: 'warn', error: 'error', trace: 'debug' } as const;
const LONGEST = 500;

/**
 * From now on one voice speaks for this process: warnings of Node, what libraries print to the console, and what Nest says
 * before or beside an application go to the log, by its level and without what it never writes.
 */
export function speakThrough(log: Log): void {
  Logger.overrideLogger(new NestLog(log));
  // Node's own listener, which prints to standard error, is the first of them.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ warning: safeError(warning) }, 'Node warns'));
  process.on('uncaughtExceptionMonitor', (error) =>
    log.fatal({ error: safeError(error) }, 'a fault ends this process'),
  );
  for (const [name, level] of Object.entries(console_)) {
    Object.assign(console, {
      [name]: (...said: readonly unknown[]): void => log[level]({ context: 'console' }, said.map(shortened).join(' ')),
    });
  }
}

/** Values of objects may be anybody's: of them the kind alone is told. */
function shortened(said: unknown): string {
  const words = typeof said === 'string' ? said : said instanceof Error ? said.name : inspect(said, { depth: -1 });
  return words.slice(0, LONGEST);
}
