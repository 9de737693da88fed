import * as contracts from '#contracts';
import { guardNames, problemCodes } from './refusal-codes.ts';

/** Texts that belong to a list of codes: `<prefix><code><suffix>`, one of each. */
export interface Family {
  readonly prefix: string;
  readonly suffixes: readonly string[];
  readonly codes: readonly string[];
}

const family = (prefix: string, codes: readonly string[], suffixes: readonly string[] = ['']): Family => ({
  prefix,
  suffixes,
  codes,
});

/** A new code without words in every language fails, and so do words of a code that is gone. */
export const families: readonly Family[] = [
  family('state.', contracts.taskStates),
  family('need.', contracts.needs),
  family('need-plain.', contracts.needs),
  family('reason.', contracts.reasonCodes),
  family('hold.', contracts.holdStates),
  family('progress.', contracts.progressKinds),
  family('outcome.', contracts.outcomes),
  family('waits-for.', contracts.waitsForCodes),
  family('due-group.', contracts.dueGroups),
  family('timer.', contracts.timerNames, ['.by', '.late']),
  family('action.', contracts.taskActions),
  family('priority.', contracts.priorities),
  family('openness.', contracts.opennesses),
  family('category.', contracts.categories),
  family('because.', contracts.decisionBecause),
  family('method.', contracts.consentMethods),
  family('signer.', contracts.signerRelations),
  family('return-path.', contracts.returnPaths),
  family('sentence.return.', contracts.returnPaths),
  family('validity.', contracts.consentValidities),
  family('candidate.', contracts.candidateReasons, ['.for', '.against']),
  family('template.', contracts.templates),
  family(
    'referral.',
    contracts.eventsOfReferral.map(({ type }) => type.replace('referral.', '')),
  ),
  family('guard.', guardNames()),
  family('problem.', problemCodes()),
  family('sign-in-fault.', contracts.signInFaults),
];
