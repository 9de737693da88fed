interface Family {
  readonly head: string[];
  readonly samples: string[];
}

/**
 * Merges several Prometheus texts: each family once, with its HELP and TYPE before all its samples, as the format
 * requires. The label `service` distinguishes the services.
 */
export function joinedMetrics(texts: readonly string[]): string {
  const families = new Map<string, Family>();
  for (const text of texts) readInto(families, text);
  return [...families.values()].map(({ head, samples }) => [...head, ...samples, ''].join('\n')).join('');
}

function readInto(families: Map<string, Family>, text: string): void {
  let family: Family = { head: [], samples: [] };
  for (const line of text.split('\n')) {
    const name = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1];
    if (name === undefined) {
      if (line !== '' && !line.startsWith('#')) family.samples.push(line);
      continue;
    }
    family = families.get(name) ?? { head: [], samples: [] };
    families.set(name, family);
    if (!family.head.includes(line)) family.head.push(line);
  }
}
