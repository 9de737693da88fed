/** A command of a document: tried in readme.spec.ts in a copy of the tree, or the reason why it is not. */
export type Tried = { readonly here: true; readonly in?: string } | { readonly elsewhere: string };

const here = { here: true } as const;
const elsewhere = (why: string): Tried => ({ elsewhere: why });

const inTheGuide = elsewhere('guide.spec.ts, which follows the guide');

/** Every command that a document of the repository names. A new one without a line here fails. */
export const commandTable: Readonly<Record<string, Tried>> = {
  'npm run dev': elsewhere('dev.spec.ts starts it in a copy of the tree, and saves a file'),
  'npm run dev -- --inspect-brk': elsewhere('it waits for a debugger'),
  'DATA_DIR=.data-dev npm run demo': elsewhere('npm run demo with another data folder'),
  'DATA_DIR=.data-dev npm run demo:reset': elsewhere('npm run demo:reset with another data folder'),
  'npm run repl': elsewhere('dev.spec.ts asks it on a running platform'),
  'DATA_DIR=.data-dev npm run repl': elsewhere('dev.spec.ts'),
  'npm run build': here,
  'npm start': here,
  'npm run demo': here,
  'npm run rebuild -- all': here,
  'npm run resend -- all': here,
  'npm run ledger:verify': here,
  'npm run demo:reset': here,
  'node dist/apps/referrals/src/main.js': here,
  'cd examples/curl': elsewhere('where the next line is run'),
  'for step in 0*.sh; do sh -e "$step" || break; done': { here: true, in: 'examples/curl' },
  'BASE=https://referrals.example.org sh -e 01-sign-in.sh': elsewhere(
    'examples.story.spec.ts runs the file with another BASE',
  ),
  'cd examples/consumer': elsewhere('where the next lines are run'),
  'npm install': elsewhere('it asks the registry for kafkajs, which the repository has'),
  'BROKERS=localhost:9092 node events.mjs': elsewhere('outside-consumer.kafka.spec.ts runs it on a real broker'),
  "kcat -b localhost:9092 -t referrals.events -C -e -f '%h\\n'": elsewhere(
    'outside-consumer.kafka.spec.ts, where kcat is on the PATH',
  ),
  'npm test': elsewhere('it is what runs this'),
  'npm run budgets': elsewhere('budgets.spec.ts, which npm test runs too'),
  'npm run test:unit': elsewhere('specs that npm test runs too, with another configuration'),
  'npm run test:unit -- --watch': elsewhere('it runs until it is stopped'),
  'npm run test:unit -- apps/consent': elsewhere('npm run test:unit with a choice'),
  'npm run test:coverage -- apps/consent': elsewhere('the specs of a folder, which npm test runs too, counted'),
  'npm run test:coverage -- --config=jest.unit.config.mjs': elsewhere('the specs without PostgreSQL, counted'),
  'npm run test:mutation': elsewhere('it takes hours'),
  'npm run test:mutation -- apps/referrals/src/domain/consent': elsewhere('it takes minutes'),
  'npm run test:faults': elsewhere('it takes minutes; faults.spec.ts runs the same rounds with a fixed seed'),
  'npm run test:faults -- load --minutes 60': elsewhere('it takes an hour'),
  'npm run test:faults -- faults --seed 7': elsewhere('it takes minutes; faults.spec.ts runs the same rounds'),
  "npm test -- -t '\\[S1\\]'": elsewhere('npm test with a choice: it looks through every file'),
  'npm test -- apps/consent': elsewhere('npm test with a choice: for a change in one folder'),
  'UPDATE_RELEASED=1 npm test -- event-schema asyncapi diagrams': inTheGuide,
  'UPDATE_RELEASED=1 npm test -- statements': elsewhere('statements.spec.ts, which npm test runs without the switch'),
  'npm test -- event-types': inTheGuide,
  'npm test -- event-schema': inTheGuide,
  'node_modules/.bin/tsc -p tsconfig.json': inTheGuide,
  'npm test -- event-types event-schema asyncapi diagrams rules/triples rules/table rules/offering audience matrix reminder':
    inTheGuide,
  'npm run kafka': elsewhere('libs/testing/src/kafka.ts starts it for every suite that needs Kafka'),
  'KAFKA_BROKERS=localhost:9092 npm start': elsewhere('referral-travels.kafka.spec.ts: the services on a real broker'),
  'docker compose up': elsewhere('readme.spec.ts reads the file; its images come from the internet'),
};
