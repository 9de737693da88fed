import type { SourceFile } from './source-files.ts';

/** A rule that no import graph can check. It returns one sentence for each breach, starting with the path. */
export interface TextRule {
  readonly name: string;
  readonly breaches: (files: readonly SourceFile[]) => readonly string[];
}
