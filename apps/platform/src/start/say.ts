// Whoever listened may be gone (`npm start | head`): the platform goes on.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** One line for the person at the terminal, with the time since the process began. */
export function say(line: string): void {
  process.stdout.write(`${seconds(performance.now()).padStart(7)}  ${line}\n`);
}

/** A block of lines without times. */
export function show(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
