// Prints every event of a topic: when, what, about what, and which version of its stream it made. Ctrl-C ends it.
import kafkajs from 'kafkajs';

const { BROKERS = 'localhost:9092', TOPIC = 'referrals.events', GROUP = 'my-network.printing' } = process.env;
const kafka = new kafkajs.Kafka({ brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
// A group of your own: who reads in the group of another takes its events away. It remembers how far you are.
const consumer = kafka.consumer({ groupId: GROUP });

await consumer.connect();
await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const header = (name) => message.headers[name]?.toString();
    // Each event comes at least once. Where doing it twice would hurt, write ce_id into a table with a unique key, in
    // the transaction of what you do, and do nothing where it stood there already. Events of one subject come in order.
    console.log(header('ce_time'), header('ce_type'), header('ce_subject'), header('ce_streamversion'));
    // JSON.parse(message.value) holds ids, codes and instants, as /asyncapi.json describes; never a name.
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void consumer.disconnect());
