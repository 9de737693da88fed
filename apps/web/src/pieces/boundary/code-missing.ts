/** The code of a screen or part could not be loaded: a new version has replaced it, or there is no network. */
export class CodeMissing extends Error {
  constructor(cause: unknown) {
    super('code could not be loaded', { cause });
  }
}

export type FaultKind = 'new-version' | 'no-network' | 'broken';

/** What to tell a person about an error. With a network, code is missing only where another version has replaced it. */
export function faultKind(fault: unknown, isOnline: boolean): FaultKind {
  if (!(fault instanceof CodeMissing)) return 'broken';
  return isOnline ? 'new-version' : 'no-network';
}
