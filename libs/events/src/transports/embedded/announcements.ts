/** Tells the readers of this process that something was published. */
export class Announcements {
  private readonly listeners = new Set<() => void>();

  announce(): void {
    this.listeners.forEach((listener) => listener());
  }

  /** Returns a function that removes the listener. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
