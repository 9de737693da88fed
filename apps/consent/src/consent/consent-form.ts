import type { ConsentEvidence, InstantText, RecordConsent, RevokeConsent } from '#contracts';
import { Invalid, readSentFile, typeFaults, type FieldFault } from '#service';

/** Clocks differ slightly; a signature or letter dated tomorrow is a typing mistake. */
const clocksDifferByMs = 5 * 60_000;

/** Checks that go beyond single fields. Throws {@link Invalid}. Returns the bytes of the evidence, if any. */
export function checkRecordForm(body: RecordConsent, now: InstantText): Buffer | null {
  const faults = [
    ...notInFuture('signedAt', body.signedAt, now),
    ...notInFuture('attestation.at', body.attestation?.at, now),
  ];
  const bytes = evidenceBytes(body.evidence, faults);
  if (faults.length > 0) throw new Invalid(faults);
  return bytes;
}

/** Throws {@link Invalid}. */
export function checkRevokeForm(body: RevokeConsent, now: InstantText): void {
  const faults = notInFuture('receivedAt', body.receivedAt, now);
  const { scope } = body;
  if (scope !== null && scope !== undefined && !Object.values(scope).some((list) => Array.isArray(list))) {
    faults.push({
      field: 'scope',
      message: 'scope must name what is taken back; leave it out to take back everything',
      allowed: ['recipients', 'categories', 'directions', 'purposes'],
    });
  }
  if (faults.length > 0) throw new Invalid(faults);
}

function notInFuture(field: string, instant: InstantText | null | undefined, now: InstantText): FieldFault[] {
  if (instant === null || instant === undefined) return [];
  if (Date.parse(instant) <= Date.parse(now) + clocksDifferByMs) return [];
  return [{ field, message: `${field} must not be in the future`, allowed: `at most ${now}` }];
}

function evidenceBytes(evidence: ConsentEvidence | null | undefined, faults: FieldFault[]): Buffer | null {
  if (evidence === null || evidence === undefined) return null;
  const read = readSentFile(evidence, 'evidence.');
  if (read.kind === 'faults') {
    faults.push(...read.faults);
    return null;
  }
  faults.push(...typeFaults(evidence.contentType, read.bytes, 'evidence.'));
  return read.bytes;
}
