import fc from 'fast-check';
import { eventsOfReferral, fieldsOf, type EventClass, type EventEnvelope, type FieldSpec } from '#contracts';
import { plus } from '#tracking';
import { by, countedIds, bySystem, idNumber } from './referral-events.ts';

const begin = '2026-11-24T08:00:00.000Z';

/** Few ids for each field, so that events concern the same things: two needs, three Tasks, three organizations. */
const few: Readonly<Record<string, readonly string[]>> = {
  serviceRequestId: [1, 2].map((n) => idNumber(2, n)),
  taskId: [1, 2, 3].map((n) => idNumber(3, n)),
};
const others = [1, 2, 3].map((n) => idNumber(4, n));

/** Any events of the referrals' topic as one stream. Their fields are valid, their order need not make sense. */
export function anyStream(referralId: string, maxLength: number): fc.Arbitrary<readonly EventEnvelope[]> {
  return anyEvents(referralId, maxLength);
}

/** The same with only some types, as a continuation after so many other events. */
export function anyEvents(
  referralId: string,
  maxLength: number,
  wanted: (type: string) => boolean = () => true,
  behind = 0,
): fc.Arbitrary<readonly EventEnvelope[]> {
  const classes = eventsOfReferral.filter(({ type }) => wanted(type));
  const one = fc.constantFrom(...classes).chain((each) => anyEvent(each, referralId));
  return fc.array(one, { minLength: 1, maxLength }).map((events) => enveloped(events, referralId, behind));
}

/** The same events in any order, in batches of any size, some of them repeated. */
export function anyDelivery(envelopes: readonly EventEnvelope[]): fc.Arbitrary<readonly (readonly EventEnvelope[])[]> {
  const again = fc.subarray([...envelopes]);
  const cut = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 30 });
  return fc.tuple(again, cut).chain(([twice, sizes]) => {
    const all = [...envelopes, ...twice];
    return fc.shuffledSubarray(all, { minLength: all.length }).map((shuffled) => batches(shuffled, sizes));
  });
}

/** The same facts in their order, cut into batches anyhow; each batch may come again. */
export function anyCut(envelopes: readonly EventEnvelope[]): fc.Arbitrary<readonly (readonly EventEnvelope[])[]> {
  return fc
    .array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.boolean()), { minLength: 1, maxLength: 30 })
    .map((cuts) => {
      const sizes = cuts.map(([size]) => size);
      return batches(envelopes, sizes).flatMap((batch, index) =>
        cuts[index % cuts.length]?.[1] === true ? [batch, batch] : [batch],
      );
    });
}

function batches(envelopes: readonly EventEnvelope[], sizes: readonly number[]): readonly (readonly EventEnvelope[])[] {
  const cut: EventEnvelope[][] = [];
  let from = 0;
  for (let index = 0; from < envelopes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    cut.push(envelopes.slice(from, from + size));
    from += size;
  }
  return cut;
}

interface Happening {
  readonly eventClass: EventClass;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly bySender: boolean;
}

function anyEvent(eventClass: EventClass, referralId: string): fc.Arbitrary<Happening> {
  const fields = fieldsOf(eventClass).map((field) => [field.name, anyField(field, referralId)] as const);
  return fc.record({
    eventClass: fc.constant(eventClass),
    fields: fc.record(Object.fromEntries(fields)),
    bySender: fc.boolean(),
  });
}

function anyField(field: FieldSpec, referralId: string): fc.Arbitrary<unknown> {
  const one = anyValue(field, referralId);
  const value = field.list ? fc.uniqueArray(one, { maxLength: 2 }) : one;
  return field.optional ? fc.option(value, { nil: undefined }) : value;
}

function anyValue(field: FieldSpec, referralId: string): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'id':
      return field.name === 'referralId' ? fc.constant(referralId) : fc.constantFrom(...(few[field.name] ?? others));
    case 'code':
      return fc.constantFrom(...(field.codes ?? []));
    case 'instant':
      return fc.integer({ min: 0, max: 60 }).map((days) => plus(begin, days * 86_400_000));
    case 'count':
      return fc.integer({ min: 0, max: 3 });
    case 'flag':
      return fc.boolean();
    case 'digest':
    case 'signature':
    case 'day':
    case 'text':
    case 'nested':
      throw new Error('no event has such a field');
  }
}

function enveloped(happenings: readonly Happening[], referralId: string, behind: number): readonly EventEnvelope[] {
  const ids = countedIds(referralId);
  return happenings.map(({ eventClass, fields, bySender }, index) => ({
    id: ids(),
    type: eventClass.type,
    schemaVersion: eventClass.schemaVersion,
    source: '/referrals',
    subject: `referral/${referralId}`,
    time: plus(begin, (behind + index) * 3_600_000),
    key: referralId,
    streamVersion: behind + index + 1,
    actor: bySender ? by('dana.planner') : bySystem,
    causationId: null,
    correlationId: ids(),
    traceparent: null,
    event: Object.assign(
      new eventClass(),
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      needFields(fields),
    ),
  }));
}

/** A Task belongs to one need. */
function needFields({ taskId, serviceRequestId }: Readonly<Record<string, unknown>>): object {
  if (taskId === undefined || serviceRequestId === undefined) return {};
  return { serviceRequestId: taskId === idNumber(3, 3) ? idNumber(2, 2) : idNumber(2, 1) };
}
