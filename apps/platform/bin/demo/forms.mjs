const GIVEN = ['Marta', 'Joel', 'Amina', 'Peter', 'Lucia', 'Tomas', 'Grace', 'Samuel', 'Nadia', 'Victor'];
const FAMILY = ['Reyes', 'Lindholm', 'Okafor', 'Novak', 'Haddad', 'Silva', 'Brandt', 'Mori', 'Walsh', 'Petrov'];

/** An invented client; a different one in every run. */
export function inventClient() {
  const pick = (list) => list[Math.floor(Math.random() * list.length)];
  return {
    given: pick(GIVEN),
    family: pick(FAMILY),
    birthDate: `${1950 + Math.floor(Math.random() * 50)}-05-06`,
    language: 'en',
    phone: '+15550100',
    contactProhibited: false,
    safeContact: { channel: 'phone', hours: 'weekdays 9 to 12', note: 'Ask for the client by first name only.' },
  };
}

/** Three needs, each with its first service; each text has its category, so that the packet can be limited. */
export function threeNeeds(network) {
  const need = (code, service, statedNeed, details) => ({
    need: code,
    areaId: network.area('north'),
    statedNeed,
    details,
    healthcareServiceId: network.service(service),
  });
  return [
    need('housing', 'harbor-beds', 'Leaves hospital on Friday and has nowhere to live.', [
      { category: 'functional-needs', text: 'Walks with a frame; no stairs.' },
    ]),
    need('mental-health', 'lakeside-clinic', 'Wants to talk to somebody about the depression.', [
      { category: 'mental-health', text: 'Depression, untreated since spring.' },
      { category: 'functional-needs', text: 'Walks with a frame; no stairs.' },
    ]),
    need('employment', 'workbridge-jobs', 'Looks for part-time work, was a bookkeeper.', []),
  ];
}

/** The document that goes with the referral: consent must allow every category in it before any of it is released. */
export function dischargeSummary() {
  const text = 'Discharge summary. Depression, sertraline started on Monday. Walks with a frame; no stairs.';
  return {
    kind: 'discharge-summary',
    title: 'Discharge summary',
    categories: ['mental-health', 'functional-needs'],
    contentType: 'text/plain',
    base64: Buffer.from(text).toString('base64'),
  };
}

/** A complete consent, signed on the screen: these recipients, these categories, the council as intermediary. */
export function consentOf(network, { clientId, client, recipients, categories }) {
  const name = `${client.given} ${client.family}`;
  const nextYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
  return {
    clientId,
    kind: 'named-recipient',
    disclosers: [network.organization('st-brigid')],
    recipients: recipients.map((code) => network.organization(code)),
    intermediaryId: network.organization('river-council'),
    categories,
    purposes: ['care-coordination'],
    directions: ['send', 'return'],
    returnPath: 'outcome',
    expiresOn: nextYear.slice(0, 10),
    signedName: name,
    signer: { relation: 'self', name },
    method: 'e-signature',
    statementVersion: '2026-01',
    language: 'en',
    signedAt: new Date(Date.now() - 60_000).toISOString(),
  };
}
