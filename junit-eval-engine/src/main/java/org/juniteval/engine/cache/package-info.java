/**
 * Answers that need not be paid for twice: entries under the fingerprint of what they depend on, what differs between two
 * of them, and leases on entries that are about to be made. Knows neither what is in an answer nor who asks for it.
 */
package org.juniteval.engine.cache;
