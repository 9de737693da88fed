/** Closes what was opened, in reverse order and only once, however often it is called. */
export class Undo {
  private readonly steps: { readonly name: string; readonly close: () => unknown }[] = [];
  private closed: Promise<readonly string[]> | undefined;

  add(name: string, close: () => unknown): void {
    this.steps.push({ name, close });
  }

  /** Continues after a failed step; returns sentences about what could not be closed. */
  close(): Promise<readonly string[]> {
    this.closed ??= this.closeAll();
    return this.closed;
  }

  private async closeAll(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const { name, close } of this.steps.reverse()) {
      try {
        await close();
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return faults;
  }
}
