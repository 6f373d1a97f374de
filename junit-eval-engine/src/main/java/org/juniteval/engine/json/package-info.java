/** JSON trees as bytes and back, without what a cold JVM takes long to load. */
package org.juniteval.engine.json;
