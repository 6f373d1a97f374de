/**
 * Answers that need not be paid for twice: entries under the fingerprint of what they depend on, and leases on entries
 * that are about to be made. Knows neither what is in an entry nor who asks for it.
 */
package org.juniteval.engine.cache;
