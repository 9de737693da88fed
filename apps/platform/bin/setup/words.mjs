import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** One line for the person at the terminal, with the time since the process began. */
export function say(line) {
  console.log(`${seconds(performance.now()).padStart(7)}  ${line}`);
}

/** Runs a step with its name before it and the time it took behind it. */
export async function step(name, work, because = '') {
  say(`${name}${because === '' ? '' : `: ${because}`} ...`);
  const from = performance.now();
  // A silent minute looks like a hang.
  const patience = setInterval(() => say(`  still at it: ${name} (${seconds(performance.now() - from)})`), 15_000);
  try {
    const result = await work();
    say(`${name}: done in ${seconds(performance.now() - from)}`);
    return result;
  } finally {
    clearInterval(patience);
  }
}

/** A fault that is told in words, without a stack. */
export class Told extends Error {}

/** Somebody stopped it: no fault, and nothing more to say. */
export class Stopped extends Error {}

/** Runs a command's main function; a {@link Told} fault ends it with status 1 and its words alone. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stopped)) console.error(error instanceof Told ? `\n${error.message}` : error);
    process.exitCode = error instanceof Stopped ? 130 : 1;
  }
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
