"""The way of every record through a plug-in, as the contract asks for it. What a plug-in makes is in aligner.py and sampler.py."""
import datetime
import hashlib
import json
import os
import re
import signal
import sys
import time
import urllib.request

import boto3
import jsonschema
from botocore.exceptions import BotoCoreError, ClientError
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

BROKERS = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP_SERVERS"]}  # all of these as `facemill env` prints them
PREFIX = os.environ.get("FACEMILL_STORE_BUCKET_PREFIX", "")
S3 = boto3.client(
    "s3", endpoint_url=os.environ["FACEMILL_STORE_URL"], region_name="us-east-1",
    aws_access_key_id=os.environ["FACEMILL_STORE_ACCESS_KEY"], aws_secret_access_key=os.environ["FACEMILL_STORE_SECRET_KEY"])
ABANDONED = ("failed", "cancelled")
ATTEMPTS = 3


class Refused(Exception):
    """What no waiting helps: the identity fails with this reason."""


class Ended(Exception):
    """The run has ended meanwhile: its work is dropped."""


def patiently(call):
    """The call's result, waiting out what passes: no connection, a time-out, an overloaded server, a leader that changes."""
    while True:
        try:
            return call()
        except ClientError as e:
            if e.response["ResponseMetadata"]["HTTPStatusCode"] not in (408, 425, 429, *range(500, 600)):
                raise
        except BotoCoreError:
            pass
        except KafkaException as e:
            if not e.args[0].retriable() and e.args[0].code() not in (KafkaError._TRANSPORT, KafkaError._TIMED_OUT, KafkaError._MSG_TIMED_OUT):
                raise
        time.sleep(1)


def find(bucket, key):
    """The bytes under a key, or None."""
    try:
        return patiently(lambda: S3.get_object(Bucket=PREFIX + bucket, Key=key)["Body"].read())
    except S3.exceptions.NoSuchKey:
        return None


def reference(bucket, key, body):
    """How events name an object."""
    return {"bucket": PREFIX + bucket, "key": key, "sha256": hashlib.sha256(body).hexdigest()}


def put(bucket, key, body):
    """Stores bytes."""
    patiently(lambda: S3.put_object(Bucket=PREFIX + bucket, Key=key, Body=body))
    return reference(bucket, key, body)


def get(ref):
    """The bytes that an event refers to."""
    body = patiently(lambda: S3.get_object(Bucket=ref["bucket"], Key=ref["key"])["Body"].read())
    if hashlib.sha256(body).hexdigest() != ref["sha256"]:
        raise Refused(f"{ref['bucket']}/{ref['key']} has another SHA-256 than the event says")
    return body


def remove(bucket, key):
    """Deletes an object, if it is there."""
    patiently(lambda: S3.delete_object(Bucket=PREFIX + bucket, Key=key))


def strict(value):
    """JSON in UTF-8 without byte order mark, no field twice, nothing after it, no number that is none."""
    def unique(fields):
        if len(dict(fields)) < len(fields):
            raise Refused("a field is there twice")
        return dict(fields)

    def no_number(word):
        raise Refused(f"{word} is no JSON")

    return json.loads((value or b"").decode("utf-8"), object_pairs_hook=unique, parse_constant=no_number)


def contract(path):
    """A part of the contract, as the system serves it."""
    with urllib.request.urlopen(os.environ["FACEMILL_SERVER"] + path) as answer:
        return json.load(answer)


def decode(record, kind, validator):
    """The event that a record carries; raises what is wrong with it."""
    headers = record.headers() or []
    text = {name: (value or b"").decode("utf-8") for name, value in headers}
    for name, wanted in (("ce_specversion", r"1\.0"), ("ce_type", re.escape("facemill." + kind)), ("ce_id", r".*\S.*"), ("ce_source", r"\S+")):
        if [header for header, _ in headers].count(name) != 1 or not re.fullmatch(wanted, text[name]):
            raise Refused(f"header {name} is {text.get(name)}, expected {wanted} once")
    if not re.match(r"application/json\s*(;|$)", text.get("content-type", "application/json"), re.I):
        raise Refused(f"content-type is {text['content-type']}")
    event = strict(record.value())
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(event)]
    if faults:
        raise Refused(f"no {kind}: " + "; ".join(faults)[:1000])
    if record.key() != f"{event['run']}/{event['ordinal']}".encode():
        raise Refused(f"the key is {record.key()}, the event's {event['run']}/{event['ordinal']}")
    return event


def identity(record):
    """The identity that a broken record is about: that of its key, unless its body names another one."""
    key = re.fullmatch(rb"([a-z0-9][a-z0-9-]{0,62})/(\d+)", record.key() or b"")
    try:
        body = json.loads(record.value() or b"")
        other = f"{body['run']}/{body['ordinal']}".encode() != record.key()
    except (ValueError, KeyError, TypeError):
        other = False
    return {"run": key[1].decode(), "ordinal": int(key[2]), "attempt": 0} if key and not other else None


def extensions(record):
    """Trace context and CloudEvents extensions, which every stage hands on."""
    own = r"ce_(specversion|id|source|type|time|subject|datacontenttype|dataschema)"
    return [(name, value) for name, value in record.headers() or []
            if re.fullmatch(r"trace(parent|state)|ce_[a-z0-9]+", name) and not re.fullmatch(own, name)]


class Runs:
    """All of facemill.runs, which every worker reads whole, in no group that would share it."""

    def __init__(self, name):
        self.states = {}
        self.consumer = Consumer({**BROKERS, "group.id": name + "-runs", "enable.auto.commit": False})
        partitions = self.consumer.list_topics("facemill.runs").topics["facemill.runs"].partitions
        self.positions = {partition: 0 for partition in partitions}
        self.consumer.assign([TopicPartition("facemill.runs", partition, OFFSET_BEGINNING) for partition in partitions])

    def take(self, timeout=0.0):
        record = self.consumer.poll(timeout)
        if record is None or record.error():
            return False
        self.positions[record.partition()] = record.offset() + 1
        try:
            event = strict(record.value())
            if self.states.get(event["run"]) not in ABANDONED:
                self.states[event["run"]] = event["state"]
        except (Refused, ValueError, KeyError, TypeError):
            pass  # passed over: what is no event tells of no run
        return True

    def known(self, run):
        """A run's first event was accepted before anything else was said of it: where none is known, the topic is read to its end."""
        ends = {} if run in self.states else {
            partition: patiently(lambda: self.consumer.get_watermark_offsets(TopicPartition("facemill.runs", partition)))[1]
            for partition in self.positions}
        while run not in self.states and any(self.positions[partition] < end for partition, end in ends.items()):
            self.take(0.2)
        return run in self.states

    def ended(self, run):
        while self.take():
            pass
        return self.states.get(run) in ABANDONED


class Plugin:
    """Runs a plug-in: reads is the topic of its work, takes the kind of event on it, such as raw-block.v1."""

    def __init__(self, name, reads, takes):
        self.name, self.reads, self.takes, self.letters = name, reads, takes, "facemill.dead-letters." + name
        schemas = [contract(path) for path in contract("/contract")["schemas"]]  # they refer to each other
        schema = next(schema for schema in schemas if schema["title"] == "facemill." + takes)
        resolver = jsonschema.RefResolver(schema["$id"], schema, {other["$id"]: other for other in schemas})
        self.validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
        admin = AdminClient(BROKERS)
        for topic in admin.create_topics([NewTopic(reads, 4, 1), NewTopic(self.letters, 1, 1)]).values():
            try:
                topic.result()
            except KafkaException as e:
                if e.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise
        self.producer = Producer(BROKERS)
        self.runs = Runs(name)

    def produce(self, topic, key, value, headers):
        """Returns when the broker has accepted the record."""
        def attempt():
            failures = []
            self.producer.produce(topic, key=key, value=value, headers=headers, on_delivery=lambda error, _: failures.append(error))
            self.producer.flush()
            if failures[0]:
                raise KafkaException(failures[0])

        if patiently(lambda: self.producer.list_topics(topic, 10)).topics[topic].error:
            raise Refused(f"there is no topic {topic}")
        patiently(attempt)

    def send(self, topic, kind, event, record):
        key = f"{event['run']}/{event['ordinal']}"
        self.produce(topic, key, json.dumps(event).encode(), extensions(record) + [
            ("ce_specversion", "1.0"), ("ce_type", "facemill." + kind), ("ce_id", f"{kind}:{key}/{event['attempt']}"),
            ("ce_source", "/facemill/" + self.name), ("ce_time", datetime.datetime.now(datetime.timezone.utc).isoformat()),
            ("ce_subject", key), ("content-type", "application/json")])

    def outcome(self, event, outcome, reason):
        """What an identity that has ended here is announced by, as [topic, kind, event]."""
        return "facemill.identity-outcomes", "identity-outcome.v1", {
            "run": event["run"], "ordinal": event["ordinal"], "attempt": event["attempt"],
            "outcome": outcome, "stage": self.name, "reason": reason, "crops": None}

    def refuse(self, record, about, reason):
        print(f"{record.topic()} {record.key()}: {reason}", file=sys.stderr)
        if about and self.runs.known(about["run"]) and not self.runs.ended(about["run"]):
            self.send(*self.outcome(about, "failed", reason), record)
        self.produce(self.letters, record.key(), record.value(), (record.headers() or []) + [
            ("facemill_reason", reason), ("facemill_topic", record.topic()),
            ("facemill_position", f"{record.partition()}/{record.offset()}")])

    def begin(self, mark):
        """Counts in the store: work that ends the process comes again, and is refused where it began three times before."""
        begun = int(find("runs", mark) or 0)
        if begun >= ATTEMPTS:
            raise Refused(f"ended its worker {begun} times")
        put("runs", mark, str(begun + 1).encode())

    def handle(self, record, work):
        about, mark = identity(record), None
        try:
            about = event = decode(record, self.takes, self.validator)
            if not self.runs.known(event["run"]):
                raise Refused(f"nobody knows the run {event['run']}")

            def beat():
                if self.runs.ended(event["run"]):
                    raise Ended

            beat()
            mark = f"{event['run']}/attempts/{self.name}/{event['ordinal']}"
            self.begin(mark)
            self.send(*work(event, beat), record)
        except Ended:
            pass
        except Exception as e:  # whatever it is, waiting does not help
            self.refuse(record, about, str(e) or repr(e))
        if mark:
            remove("runs", mark)

    def run(self, work):
        """work(event, beat) makes the result and returns [topic, kind, event]; it calls beat between steps."""
        consumer = Consumer({
            **BROKERS, "group.id": self.name, "enable.auto.commit": False, "auto.offset.reset": "earliest",
            "session.timeout.ms": 10_000, "max.poll.interval.ms": 3_600_000})
        consumer.subscribe([self.reads])
        print(f"{self.name} reads {self.reads}", flush=True)
        stopped = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.append(True))
        while not stopped:
            record = consumer.poll(1)
            if record is not None and not record.error():
                self.handle(record, work)
                try:
                    consumer.commit(record, asynchronous=False)
                except KafkaException as e:  # the record comes again, its result is found
                    print(f"not acknowledged: {e}", file=sys.stderr)
        consumer.close()
