/**
 * The door to the JUnit Platform: the engine, its descriptors and selectors, configuration parameters, and the order of
 * events. No other package knows the Platform's types.
 */
package org.juniteval.engine.platform;
