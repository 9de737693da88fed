// The reader may be gone (`npm start | head`): the platform continues.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** One line for the person at the terminal, with the time since the process started. */
export function say(line: string): void {
  process.stdout.write(`${seconds(performance.now()).padStart(7)}  ${line}\n`);
}

const SAME_WORDS_MS = 5_000;

/** Repeats a sentence only after a while: all services wait for the same things. */
export function seldom(tell: (words: string) => void): (words: string) => void {
  const saidAt = new Map<string, number>();
  return (words) => {
    const now = performance.now();
    if (now - (saidAt.get(words) ?? -SAME_WORDS_MS) < SAME_WORDS_MS) return;
    saidAt.set(words, now);
    tell(words);
  };
}

/** A block of lines without times. */
export function show(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
