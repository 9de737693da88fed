import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** One line for the person at the terminal, with the time since the process started. */
export function say(line) {
  console.log(`${seconds(performance.now()).padStart(7)}  ${line}`);
}

/** Runs a step, and prints its name before it and its duration after it. */
export async function step(name, work, because = '') {
  say(`${name}${because === '' ? '' : `: ${because}`} ...`);
  const from = performance.now();
  // a minute without output looks like a hang
  const patience = setInterval(() => say(`  still at it: ${name} (${seconds(performance.now() - from)})`), 15_000);
  try {
    const result = await work();
    say(`${name}: done in ${seconds(performance.now() - from)}`);
    return result;
  } finally {
    clearInterval(patience);
  }
}

/** An error of a command line: its message is printed without a stack. */
export class CommandError extends Error {}

/** Somebody stopped it: not an error, and nothing to report. */
export class Stopped extends Error {}

/** Runs a command's main function; a {@link CommandError} error ends it with status 1 and prints only its message. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stopped)) console.error(error instanceof CommandError ? `\n${error.message}` : error);
    process.exitCode = error instanceof Stopped ? 130 : 1;
  }
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
