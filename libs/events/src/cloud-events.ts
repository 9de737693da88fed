import type { EventEnvelope } from '#contracts';

/** Header names of CloudEvents 1.0 in binary mode as contract.md §3.1 lists them. */
export const headerNames = {
  contentType: 'content-type',
  specVersion: 'ce_specversion',
  id: 'ce_id',
  type: 'ce_type',
  source: 'ce_source',
  time: 'ce_time',
  subject: 'ce_subject',
  dataSchema: 'ce_dataschema',
  partitionKey: 'ce_partitionkey',
  streamVersion: 'ce_streamversion',
  actorId: 'ce_actorid',
  actorRole: 'ce_actorrole',
  actorOrg: 'ce_actororg',
  causationId: 'ce_causationid',
  correlationId: 'ce_correlationid',
  traceparent: 'ce_traceparent',
} as const;

/** An envelope without the fields of its event. */
export type EnvelopeFacts = Omit<EventEnvelope, 'event'>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The trace of an event whose cause had no trace (W3C trace context; contract.md §3.1 requires one for every event). It
 * is derived from the correlation id, so everything that one request caused shares a trace. Null if the correlation id is
 * not a UUID.
 */
export function traceBegunBy(correlationId: string): string | null {
  if (!uuid.test(correlationId)) return null;
  const trace = correlationId.replaceAll('-', '');
  return `00-${trace}-${trace.slice(-16)}-00`;
}

/** The headers of a message that carries this event. A null value gets no header. */
export function headersOf(facts: EnvelopeFacts): Record<string, string> {
  const optional = {
    [headerNames.actorId]: facts.actor.id,
    [headerNames.actorOrg]: facts.actor.organizationId,
    [headerNames.causationId]: facts.causationId,
    [headerNames.traceparent]: facts.traceparent,
  };
  return {
    [headerNames.contentType]: 'application/json',
    [headerNames.specVersion]: '1.0',
    [headerNames.id]: facts.id,
    [headerNames.type]: facts.type,
    [headerNames.source]: facts.source,
    [headerNames.time]: facts.time,
    [headerNames.subject]: facts.subject,
    [headerNames.dataSchema]: `urn:schema:${facts.type}:${facts.schemaVersion}`,
    [headerNames.partitionKey]: facts.key,
    [headerNames.streamVersion]: String(facts.streamVersion),
    [headerNames.actorRole]: facts.actor.role,
    [headerNames.correlationId]: facts.correlationId,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
  };
}
