/** Where a stream is: its service, its key and its version. */
export interface Position {
  readonly service: string;
  readonly key: string;
  readonly version: number;
}

/** The opaque token of contract.md §1 (`Position`, `?after=`). */
export function positionOf(service: string, key: string, version: number): string {
  return Buffer.from(`${version}/${service}/${key}`, 'utf8').toString('base64url');
}

/** Undefined for a text that {@link positionOf} did not make. */
export function parsePosition(text: string): Position | undefined {
  const parts = /^(0|[1-9]\d{0,8})\/([a-z][a-z-]*)\/(.+)$/s.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (parts === null) return undefined;
  const [, version, service, key] = parts as unknown as [string, string, string, string];
  const position = { service, key, version: Number(version) };
  return positionOf(service, key, position.version) === text ? position : undefined;
}
