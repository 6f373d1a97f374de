package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A stored answer.
 *
 * @param key what it is found by
 * @param created when it was stored, by the clock of the machine that stored it
 * @param payload what was stored, opaque to the store; the numbers of one that was read are exact (integers and
 *     decimals, never doubles)
 */
public record Entry(EntryKey key, Instant created, ObjectNode payload) {}
