// The way of every record through a plug-in, as the contract asks for it. What a plug-in makes is in sampler.mjs and aligner.mjs.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Ajv from 'ajv/dist/2020.js';
import { AwsClient } from 'aws4fetch';
import kafkajs from 'kafkajs';
import { parse } from 'lossless-json';

const {
  KAFKA_BOOTSTRAP_SERVERS, FACEMILL_STORE_URL, FACEMILL_STORE_ACCESS_KEY, FACEMILL_STORE_SECRET_KEY, FACEMILL_SERVER,
  FACEMILL_STORE_BUCKET_PREFIX = '',
} = process.env; // as `facemill env` prints them

const ATTEMPTS = 3;

/** What no waiting helps: the identity fails with this reason. */
export class Refused extends Error {}
/** The run has ended meanwhile: its work is dropped. */
export class Ended extends Error {}

const s3 = new AwsClient({
  accessKeyId: FACEMILL_STORE_ACCESS_KEY, secretAccessKey: FACEMILL_STORE_SECRET_KEY, service: 's3', region: 'us-east-1',
});
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function request(bucket, key, options) {
  const answer = await s3.fetch(`${FACEMILL_STORE_URL}/${bucket}/${key}`, options);
  if (answer.status === 404) return null;
  if (!answer.ok) throw Object.assign(new Refused(`${bucket}/${key}: the store answers ${answer.status}`), { status: answer.status });
  return Buffer.from(await answer.arrayBuffer());
}

export const store = {
  /** The bytes under a key, or null. */
  find: (bucket, key) => request(FACEMILL_STORE_BUCKET_PREFIX + bucket, key),
  /** How events name an object. */
  reference: (bucket, key, body) => ({ bucket: FACEMILL_STORE_BUCKET_PREFIX + bucket, key, sha256: sha256(body) }),
  /** Stores bytes. */
  put: async (bucket, key, body) => {
    const answer = await request(FACEMILL_STORE_BUCKET_PREFIX + bucket, key, { method: 'PUT', body });
    if (answer === null) throw new Refused(`there is no bucket ${FACEMILL_STORE_BUCKET_PREFIX}${bucket}`);
    return store.reference(bucket, key, body);
  },
  /** Deletes an object, if it is there. */
  remove: (bucket, key) => request(FACEMILL_STORE_BUCKET_PREFIX + bucket, key, { method: 'DELETE' }),
  /** The bytes that an event refers to. */
  get: async ({ bucket, key, sha256: expected }) => {
    const bytes = await request(bucket, key);
    if (bytes === null) throw new Refused(`${bucket}/${key} is not there`);
    if (sha256(bytes) !== expected) throw new Refused(`${bucket}/${key} has another SHA-256 than the event says`);
    return bytes;
  },
};

/** What passes by waiting: no connection, a time-out, an overloaded server, a leader that changes. */
const passes = (e) => e.retriable === true || e.status >= 500 || [408, 425, 429].includes(e.status)
  || (e instanceof TypeError && e.cause?.code !== undefined);

const one = (header) => (header === undefined || Array.isArray(header) ? '' : header.toString());

/** The event that a record carries, and its integers beyond 2^53 as text; throws what is wrong with it. */
function decode({ key, value, headers }, type, valid) {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value ?? Buffer.alloc(0));
  for (const [name, wanted] of [['ce_specversion', /^1\.0$/], ['ce_type', RegExp(`^facemill\\.${type}$`)], ['ce_id', /\S/], ['ce_source', /^\S+$/]]) {
    if (!wanted.test(one(headers[name]))) throw new Refused(`header ${name} is '${one(headers[name])}', expected ${wanted}`);
  }
  if (headers['content-type'] && !/^application\/json\s*(;|$)/i.test(one(headers['content-type']))) throw new Refused('content-type is not JSON');
  const event = parse(text, null, Number);
  if (!valid(event)) throw new Refused(`no ${type}: ${valid.errors.map((e) => `${e.instancePath} ${e.message}`).join('; ')}`);
  if (key?.toString() !== `${event.run}/${event.ordinal}`) throw new Refused(`the key is ${key}, the event's ${event.run}/${event.ordinal}`);
  return [event, parse(text, null, String)];
}

/** The identity that a broken record is about: that of its key, unless its body names another one. */
function identity({ key, value }) {
  const [, run, ordinal] = /^([a-z0-9][a-z0-9-]{0,62})\/(\d+)$/.exec(key?.toString() ?? '') ?? [];
  let body = {};
  try { body = JSON.parse(value) ?? {}; } catch { /* then the key alone says it */ }
  const other = body.run !== undefined && body.ordinal !== undefined && `${body.run}/${body.ordinal}` !== `${run}/${ordinal}`;
  return run === undefined || other ? null : { run, ordinal: Number(ordinal), attempt: 0 };
}

/** Trace context and CloudEvents extensions, which every stage hands on. */
const OWN = /^ce_(specversion|id|source|type|time|subject|datacontenttype|dataschema)$/;
const extensions = (headers) => Object.fromEntries(Object.entries(headers)
  .filter(([name, value]) => !Array.isArray(value) && (/^trace(parent|state)$/.test(name) || (/^ce_[a-z0-9]+$/.test(name) && !OWN.test(name)))));

/**
 * Runs a plug-in until the process ends.
 *
 * reads: the topic of its work; takes: the kind of event on it, such as raw-block.v1;
 * work(event, exact, beat): makes the result and returns [topic, kind, event]; exact has all numbers as text; beat is awaited between steps.
 */
export async function plugin({ name, reads, takes, work }) {
  const contract = async (path) => (await fetch(FACEMILL_SERVER + path)).json();
  const schemas = await Promise.all((await contract('/contract')).schemas.map(contract)); // they refer to each other
  const valid = new Ajv({ strict: false, schemas }).getSchema(schemas.find(({ title }) => title === `facemill.${takes}`).$id);
  const kafka = new kafkajs.Kafka({
    clientId: name, brokers: KAFKA_BOOTSTRAP_SERVERS.split(','), logLevel: kafkajs.logLevel.ERROR,
    retry: { restartOnFailure: async () => true },
  });
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const letters = `facemill.dead-letters.${name}`;
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: reads, numPartitions: 4 }, { topic: letters, numPartitions: 1 }] });

  // Every worker reads all of facemill.runs, in no group that would share it.
  const runs = new Map();
  const readTo = new Map();
  const runReader = kafka.consumer({ groupId: `${name}-runs-${randomUUID()}` });
  await runReader.connect();
  await runReader.subscribe({ topic: 'facemill.runs', fromBeginning: true });
  await runReader.run({ autoCommit: false, eachMessage: async ({ partition, message }) => {
    try {
      const { run, state } = JSON.parse(message.value);
      if (!ended(run)) runs.set(run, state);
    } catch { /* passed over: what is no event tells of no run */ }
    readTo.set(partition, BigInt(message.offset) + 1n);
  } });
  const ended = (run) => ['failed', 'cancelled'].includes(runs.get(run));
  /** A run's first event was accepted before anything else was said of it: where none is known, the topic is read to its end. */
  const known = async (run) => {
    const ends = runs.has(run) ? [] : await admin.fetchTopicOffsets('facemill.runs');
    while (!runs.has(run) && ends.some(({ partition, high }) => (readTo.get(partition) ?? 0n) < BigInt(high))) await sleep(50);
    return runs.has(run);
  };

  const send = async (topic, kind, event, headers) => {
    if (!(await admin.listTopics()).includes(topic)) throw new Refused(`there is no topic ${topic}`);
    const key = `${event.run}/${event.ordinal}`;
    await producer.send({ topic, messages: [{ key, value: JSON.stringify(event), headers: {
      ...extensions(headers), ce_specversion: '1.0', ce_type: `facemill.${kind}`, ce_id: `${kind}:${key}/${event.attempt}`,
      ce_source: `/facemill/${name}`, ce_time: new Date().toISOString(), ce_subject: key, 'content-type': 'application/json',
    } }] });
  };
  const refuse = async (topic, partition, message, about, reason) => {
    console.error(`${topic} ${message.key}: ${reason}`);
    if (about && await known(about.run) && !ended(about.run)) {
      const { run, ordinal, attempt } = about;
      await send('facemill.identity-outcomes', 'identity-outcome.v1',
        { run, ordinal, attempt, outcome: 'failed', stage: name, reason, crops: null }, message.headers);
    }
    await producer.send({ topic: letters, messages: [{ key: message.key, value: message.value,
      headers: { ...message.headers, facemill_reason: reason, facemill_topic: topic, facemill_position: `${partition}/${message.offset}` } }] });
  };

  /** Counts in the store: work that ends the process comes again, and is refused where it began three times before. */
  const begin = async (mark) => {
    const begun = Number(await store.find('runs', mark) ?? 0);
    if (begun >= ATTEMPTS) throw new Refused(`ended its worker ${begun} times`);
    await store.put('runs', mark, String(begun + 1));
  };

  const handle = async ({ topic, partition, message, heartbeat }) => {
    let about = identity(message);
    let mark;
    try {
      const [event, exact] = decode(message, takes, valid);
      about = event;
      if (!await known(event.run)) throw new Refused(`nobody knows the run ${event.run}`);
      const beat = async () => {
        if (ended(event.run)) throw new Ended();
        await heartbeat();
      };
      await beat();
      mark = `${event.run}/attempts/${name}/${event.ordinal}`;
      await begin(mark);
      await send(...await work(event, exact, beat), message.headers);
    } catch (e) {
      if (passes(e)) throw e; // not acknowledged: kafkajs brings it again
      if (!(e instanceof Ended)) await refuse(topic, partition, message, about, e.message || String(e));
    } finally {
      if (mark) await store.remove('runs', mark);
    }
  };
  const consumer = kafka.consumer({ groupId: name, sessionTimeout: 10_000 });
  await consumer.connect();
  await consumer.subscribe({ topic: reads, fromBeginning: true });
  await consumer.run({ autoCommitThreshold: 1, eachMessage: handle }); // acknowledged when handle returns
  console.log(`${name} reads ${reads}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => consumer.disconnect().finally(() => process.exit()));
}
