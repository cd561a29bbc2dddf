/** What the tests of services share: {@link org.facemill.platform.testing.BrokerAndStore} and {@link org.facemill.platform.testing.Topic}. */
package org.facemill.platform.testing;
