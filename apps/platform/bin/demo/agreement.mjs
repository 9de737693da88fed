import { until } from './person.mjs';

/** Reads what each side sees at the end, prints it, and returns the differences. */
export async function agreement({ network, scene, dana, cora, olga, ilse, referralId, clientId, disclosures }) {
  const faults = [];
  const claim = (holds, words) => {
    console.log(`      ${holds ? 'yes' : 'NO '}  ${words}`);
    if (!holds) faults.push(words);
  };

  const referral = await until(
    'the referral to close',
    () => dana.get(`/api/referrals/referrals/${referralId}`),
    (found) => found.closed !== null,
  );
  scene.did(null, 'The referral is closed. What each side sees:');
  await scene.sides(ilse.position);
  const timeline = await until(
    "the coordinator's timeline",
    () => cora.get(`/api/coordination/referrals/${referralId}/timeline`),
    ({ items }) => items.some(({ type }) => type === 'referral.closed'),
  );
  printTimeline(timeline, network);
  const ledger = await until(
    'the ledger to have every opening',
    () => olga.get(`/api/consent/disclosures?clientId=${clientId}&limit=100`),
    ({ items }) => items.filter(({ kind }) => kind === 'opened').length >= disclosures.length,
  );
  printLedger(ledger.items, network);

  console.log('\n    Do they agree?');
  const types = timeline.items.map(({ type }) => type);
  const count = (type) => types.filter((each) => each === type).length;
  const opened = ledger.items.filter(({ kind }) => kind === 'opened');
  claim(referral.closed.code === 'closed-with-service', `the hospital sees it ${referral.closed.code}`);
  claim(
    referral.needs.every(({ result }) => result === 'met'),
    'all three needs are met',
  );
  claim(
    count('referral.task.completed') === 3 && count('referral.task.declined') === 1,
    "the coordinator's timeline has three completions and one decline",
  );
  claim(count('referral.closed') === 1, 'the timeline ends with the same closing');
  claim(
    opened.length === disclosures.length &&
      disclosures.every(({ disclosureId }) => opened.some((entry) => entry.disclosureId === disclosureId)),
    `the ledger has each of the ${disclosures.length} packets that were opened, once`,
  );
  claim(
    opened.every((entry) =>
      ledger.items.some((grant) => grant.kind === 'access-granted' && grant.taskId === entry.taskId),
    ),
    'each of them was opened under an access that consent had granted',
  );
  const seenByCora = await cora.get(`/api/referrals/referrals/${referralId}`);
  claim(seenByCora.client === undefined, 'the coordinator saw every state, and never the person');
  return faults;
}

function printTimeline({ items }, { nameOf }) {
  console.log("\n    The coordinator's timeline:");
  for (const { version, type, need, actorRole, actorOrganizationId, reason } of items) {
    const who = actorOrganizationId === null ? actorRole : `${actorRole}, ${nameOf(actorOrganizationId)}`;
    const what = `${type.replace('referral.', '')}${need === null || need === undefined ? '' : ` (${need})`}${reason ? `: ${reason}` : ''}`;
    console.log(`      ${String(version).padStart(3)}  ${what.padEnd(46)} ${who}`);
  }
}

function printLedger(entries, { nameOf }) {
  console.log('\n    The disclosure ledger:');
  for (const { kind, at, toOrganizationId, categories } of entries) {
    console.log(
      `      ${at.slice(0, 19).replace('T', ' ')}  ${kind.padEnd(15)} to ${nameOf(toOrganizationId).padEnd(36)} ${categories.join(', ')}`,
    );
  }
}
