/** The parts of a service's OpenAPI document that are read; the rest is copied unchanged. */
export interface ServiceDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Operation = Readonly<Record<string, unknown>>;

export interface JoinedDocument extends ServiceDocument {
  readonly info: { readonly title: string; readonly description: string; readonly version: string };
  readonly tags: readonly { readonly name: string }[];
}

const info = {
  title: 'Closed-loop referrals',
  description: 'What all services promise. Errors are application/problem+json; times are UTC.',
  version: '1',
};

/**
 * Merges the OpenAPI documents of all services. Paths stay unchanged, because each begins with its service. The service
 * becomes the only tag of an operation and the prefix of its id, which must be unique in a document. Equal schemas appear
 * once. Throws if two services use one name for different things: a reader could not tell them apart.
 */
export function joinedDocument(documents: ReadonlyMap<string, ServiceDocument>): JoinedDocument {
  const paths: Record<string, Readonly<Record<string, Operation>>> = {};
  const components: Record<string, Record<string, unknown>> = {};
  for (const [service, document] of documents) {
    for (const [path, item] of Object.entries(document.paths)) paths[path] = namedBy(service, item);
    for (const [kind, found] of Object.entries(document.components)) {
      components[kind] = joined(`${service}, ${kind}`, components[kind] ?? {}, found);
    }
  }
  const tags = [...documents.keys()].map((name) => ({ name }));
  return { openapi: '3.1.0', info, tags, paths, components };
}

function namedBy(service: string, item: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...operation, tags: [service], operationId: `${service}.${String(operation['operationId'])}` },
    ]),
  );
}

function joined(
  place: string,
  known: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const [name, each] of Object.entries(found)) {
    if (name in known && JSON.stringify(known[name]) !== JSON.stringify(each)) {
      throw new Error(`${place}: another service describes ${name} otherwise; give one of them a name of its own`);
    }
  }
  return { ...known, ...found };
}
