// Prints every event of a topic: when, what, about what, and its version in its stream. Ctrl-C ends it.
import kafkajs from 'kafkajs';

const { BROKERS = 'localhost:9092', TOPIC = 'referrals.events', GROUP = 'my-network.printing' } = process.env;
const kafka = new kafkajs.Kafka({ brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
// use your own group: a reader in another one's group takes its events away; the group remembers how far you are
const consumer = kafka.consumer({ groupId: GROUP });

await consumer.connect();
await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const header = (name) => message.headers?.[name]?.toString();
    // Each event arrives at least once. If handling it twice would do harm, write ce_id into a table with a unique key, in
    // the transaction of your work, and do nothing if it is already there. Events of one subject arrive in order.
    console.log(header('ce_time'), header('ce_type'), header('ce_subject'), header('ce_streamversion'));
    // JSON.parse(message.value) contains ids, codes and instants, as /asyncapi.json describes; never a name.
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void consumer.disconnect());
