/**
 * A real Kafka broker on one machine, in a process and on a class path of its own: start
 * {@code java -cp 'target/lib/*' org.facemill.broker.BrokerMain DIR PORT}. Knows Kafka's server alone, nothing of Facemill.
 */
package org.facemill.broker;
