import type { ConsentElement, DayText, InstantText } from '#contracts';
import { endOfDay, plusDays } from './days.ts';
import { isName, isSaid, isSameName } from './same-name.ts';

/** The text of a paper as it was typed. It is checked once, when the paper is recorded; findings are stored as codes. */
export interface Wording {
  readonly signedName: string | null;
  readonly signer: { readonly relation: string | null; readonly name: string | null } | null;
  readonly statementVersion: string | null;
  readonly expiresEvent: string | null;
  readonly expiresOn: DayText | null;
  readonly attestation: { readonly script: string | null; readonly at: InstantText | null } | null;
  readonly signedAt: InstantText | null;
}

/** What is known of the client at the time of recording, without a date of birth; null: not known. */
export interface SignerAge {
  /** True if the client was born when it was signed. */
  readonly born: boolean | null;
  /** True if the client was of age then. */
  readonly adult: boolean | null;
}

interface ContradictionRule {
  readonly element: ConsentElement;
  readonly rule: string;
  readonly holds: (paper: Wording, age: SignerAge) => boolean;
}

/** A spoken consent and its signature are one act; a day allows for later paperwork and time zones. */
const oneActDays = 1;

const rules = {
  'signed-name-blank': {
    element: 'signed-name',
    rule: '42 CFR 2.31(a)(1): the name of the client; a name has a letter',
    holds: ({ signedName }) => signedName !== null && !isName(signedName),
  },
  'signer-blank': {
    element: 'signer',
    rule: '42 CFR 2.31(a)(8), 45 CFR 164.508(c)(1)(vi): who signed; a name has a letter',
    holds: ({ signer }) => (signer?.name ?? null) !== null && !isName(signer?.name),
  },
  'signer-not-the-client': {
    element: 'signer',
    rule: '42 CFR 2.31(a)(8): who signs for themselves (relation self) is the client named in signedName',
    holds: ({ signer, signedName }) =>
      signer?.relation === 'self' &&
      bothNamed(signer.name, signedName) &&
      !isSameName(signer.name ?? '', signedName ?? ''),
  },
  'signer-is-the-client': {
    element: 'signer',
    rule: '42 CFR 2.31(a)(8), 45 CFR 164.508(c)(1)(vi): who signs for the client is another person than the client',
    holds: ({ signer, signedName }) =>
      (signer?.relation ?? 'self') !== 'self' &&
      bothNamed(signer?.name, signedName) &&
      isSameName(signer?.name ?? '', signedName ?? ''),
  },
  'parent-of-adult': {
    element: 'signer',
    rule: '45 CFR 164.502(g)(3): a parent signs for a minor; an adult signs, or a guardian or representative does',
    holds: ({ signer }, { adult }) => signer?.relation === 'parent' && adult === true,
  },
  'statement-blank': {
    element: 'statement',
    rule: '42 CFR 2.31(a)(6), 45 CFR 164.508(c)(2)(i): which statement was shown; blanks name none',
    holds: ({ statementVersion }) => statementVersion !== null && !isSaid(statementVersion),
  },
  'expiry-blank': {
    element: 'expiry',
    rule: '42 CFR 2.31(a)(7), 45 CFR 164.508(c)(1)(v): a date or an event at which it ends; blanks name none',
    holds: ({ expiresEvent, expiresOn }) => expiresOn === null && expiresEvent !== null && !isSaid(expiresEvent),
  },
  'expired-before-signed': {
    element: 'expiry',
    rule: '42 CFR 2.31(a)(7), (9): it ends after it was signed',
    holds: ({ expiresOn, signedAt }) => expiresOn !== null && signedAt !== null && endOfDay(expiresOn) <= signedAt,
  },
  'attestation-blank': {
    element: 'attestation',
    rule: 'domain.md §3: a spoken consent needs the words read out; blanks are none',
    holds: ({ attestation }) => (attestation?.script ?? null) !== null && !isSaid(attestation?.script),
  },
  'attested-another-day': {
    element: 'attestation',
    rule: 'domain.md §3: the words were read out when it was signed (attestation.at and signedAt within a day)',
    holds: ({ attestation, signedAt }) => {
      const at = attestation?.at ?? null;
      if (at === null || signedAt === null) return false;
      return at > plusDays(signedAt, oneActDays) || at < plusDays(signedAt, -oneActDays);
    },
  },
  'signed-before-birth': {
    element: 'signed-at',
    rule: '42 CFR 2.31(a)(9), 45 CFR 164.508(c)(1)(vi): nobody signs before the client is born',
    holds: (_, { born }) => born === false,
  },
} as const satisfies Readonly<Record<string, ContradictionRule>>;

export type Contradiction = keyof typeof rules;
export const contradictionCodes = Object.keys(rules) as readonly Contradiction[];

/** The contradictions in the paper, or with the client's age, in the order of the rules. */
export function contradictionsIn(paper: Wording, age: SignerAge): readonly Contradiction[] {
  return contradictionCodes.filter((code) => (rules[code] as ContradictionRule).holds(paper, age));
}

/** The element and the rule that a contradiction breaks; undefined for a code of a later release. */
export function brokenBy(code: string): { readonly element: ConsentElement; readonly rule: string } | undefined {
  const found = (rules as Readonly<Record<string, ContradictionRule | undefined>>)[code];
  return found === undefined ? undefined : { element: found.element, rule: found.rule };
}

function bothNamed(one: string | null | undefined, other: string | null): boolean {
  return isName(one) && isName(other);
}
